package nonmercer.bench;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.lanes.Unary;
import nonmercer.linalg.Transpose;

/// What is to be computed, from which arrays: ours and every peer get the same.
///
/// The entries of all arrays are independent, of mean 0 and at most 1. So a partial sum of n of
/// them stays within a few √n, and n independent roundings of at most u·√n add up to a few u·n:
/// what two libraries may differ by, whatever their order of summation.
public sealed interface Task {
    /// How far two results may differ.
    Agreement agreement();

    /// The unit roundoff of a type.
    private static double u(Array x) {
        return x.dtype() == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
    }

    /// Two sums of n terms.
    private static Agreement sums(Array x, int n) {
        return new Agreement(8 * u(x) * n, 0);
    }

    /// `c = a·b` over the last two axes, each matrix as it stands or transposed; the axes before
    /// are equal.
    record Product(Array a, Transpose ta, Array b, Transpose tb) implements Task {
        /// The rows of c.
        public int m() {
            return a.dim(ta == Transpose.PLAIN ? -2 : -1);
        }

        /// The columns of c.
        public int n() {
            return b.dim(tb == Transpose.PLAIN ? -1 : -2);
        }

        /// The columns of a.
        public int k() {
            return a.dim(ta == Transpose.PLAIN ? -1 : -2);
        }

        /// How many products.
        public int batch() {
            return a.size() / (m() * k());
        }

        /// Whether it is one product of two matrices as they stand.
        public boolean plain() {
            return ta == Transpose.PLAIN && tb == Transpose.PLAIN && a.shape().rank() == 2;
        }

        @Override
        public Agreement agreement() {
            return sums(a, k());
        }
    }

    /// `f(x)`, elementwise. Nobody's function here is documented to be off by more than 4 ulp, 8u,
    /// of the result, GELU of its argument.
    record Function(Unary f, Array x) implements Task {
        @Override
        public Agreement agreement() {
            return new Agreement(16 * u(x), 16 * u(x));
        }
    }

    /// `x + y`.
    record Add(Array x, Array y) implements Task {
        @Override
        public Agreement agreement() {
            return Agreement.EXACT;
        }
    }

    /// `s·x`.
    record Scale(double s, Array x) implements Task {
        @Override
        public Agreement agreement() {
            return Agreement.EXACT;
        }
    }

    /// `y += s·x`, once rounded or twice; the result of one call.
    record AddScaled(double s, Array x, Array y) implements Task {
        @Override
        public Agreement agreement() {
            return new Agreement(4 * u(x), 0);
        }
    }

    /// `Σ xᵢ`.
    record Sum(Array x) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, x.size());
        }
    }

    /// `Σ xᵢyᵢ`.
    record Dot(Array x, Array y) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, x.size());
        }
    }

    /// `a·x` for a matrix and a vector.
    record MatVec(Array a, Array x) implements Task {
        @Override
        public Agreement agreement() {
            return sums(a, a.dim(1));
        }
    }
}
