package nonmercer.bench;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.PositiveFeatureMap;
import nonmercer.kernel.Projected;
import nonmercer.lanes.Unary;
import nonmercer.layer.EncoderBlock;
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

    /// `f(x)` block by block: elements `0 … x.size()`, then the same again, `times` times.
    record Blocks(Unary f, Array x, int times) implements Task {
        @Override
        public Agreement agreement() {
            return new Function(f, x).agreement();
        }
    }

    /// `e^x / Σ e^x` of each row: a sum of n positive terms.
    record Softmax(Array x) implements Task {
        @Override
        public Agreement agreement() {
            return new Agreement(0, 2 * u(x) * (x.dim(-1) + 8));
        }
    }

    /// `y·(g − ⟨g, y⟩)` of each row of a softmax y.
    record SoftmaxGradient(Array y, Array g) implements Task {
        @Override
        public Agreement agreement() {
            return sums(y, 8);
        }
    }

    /// `ln Σ e^x` of each row.
    record LogSumExp(Array x) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, x.dim(-1));
        }
    }

    /// `(x − mean)/√(variance + ε)` of each row. The variance is about 1/3.
    record LayerNorm(Array x, double epsilon) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, x.dim(-1));
        }
    }

    /// The gradient of [LayerNorm] with respect to x, for a gradient g of its result.
    record LayerNormGradient(Array x, Array g, double epsilon) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, 4 * x.dim(-1));
        }
    }

    /// Layer norm with gain and bias, forward, and the gradients with respect to x, gain and bias,
    /// one after the other; a gradient of the gain is a sum over the rows.
    record LayerNormTraining(Array x, Array gain, Array bias, Array g, double epsilon)
            implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, 4 * (x.dim(-1) + x.dim(0)));
        }
    }

    /// Rows of a table by number: an embedding.
    record Gather(Array table, int[] rows) implements Task {
        @Override
        public Agreement agreement() {
            return Agreement.EXACT;
        }
    }

    /// A table of `extent` rows, in which row r is the sum of those x with number r; few have the
    /// same.
    record ScatterAdd(Array x, int[] rows, int extent) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, 32);
        }
    }

    /// The mean cross-entropy of rows of logits with their targets, forward, and its gradient.
    record CrossEntropy(Array logits, int[] targets) implements Task {
        @Override
        public Agreement agreement() {
            double share = 1.0 / targets.length;
            return new Agreement(share * 8 * u(logits), 4 * u(logits) * logits.dim(-1));
        }
    }

    /// One step of AdamW on parameters p with gradients g, from moments 0; the result is p.
    record AdamW(Array p, Array g, double rate, double decay) implements Task {
        /// What the first moment keeps.
        public static final double BETA1 = 0.9;

        /// What the second moment keeps.
        public static final double BETA2 = 0.999;

        /// Added to the root of the second moment.
        public static final double EPSILON = 1e-8;

        @Override
        public Agreement agreement() {
            return new Agreement(8 * u(p), 0);
        }
    }

    /// `outᵢ = Σⱼ k(qᵢ, kⱼ) vⱼ / Σⱼ k(qᵢ, kⱼ)`: attention, for q, k and v `[batch, heads, rows,
    /// width]`.
    ///
    /// A weight is off by what its score is, a sum of d terms, the mean by twice as much and by the
    /// roundings of a sum of m terms.
    record Attend(Kernel kernel, Mask mask, Array q, Array k, Array v) implements Task {
        @Override
        public Agreement agreement() {
            return sums(q, 2 * q.dim(-1) + k.dim(-2));
        }
    }

    /// The gradients of `Σ out·g` of an attention with respect to q, k and v, one after the other:
    /// sums over keys or queries of products of two weights and two sums over a width.
    record AttendTraining(Attend forward, Array g) implements Task {
        @Override
        public Agreement agreement() {
            int most = Math.max(forward.q.dim(-2), forward.k.dim(-2));
            return sums(g, 4 * (g.dim(-1) + forward.q.dim(-1)) + most);
        }
    }

    /// Attention through positive features, for q, k and v `[batch, heads, rows, width]`.
    ///
    /// A logarithm of a feature is a sum of d terms, a mean a quotient of sums over keys and
    /// features.
    record AttendLinear(PositiveFeatureMap features, Mask mask, Array q, Array k, Array v)
            implements Task {
        /// The features as projections.
        public Projected projected() {
            Tensor x = Tensor.of(q);
            Tensor y = Tensor.of(k);
            return features.fitted(x, y, Pass.evaluation())
                    .projected(x, y, Pass.evaluation())
                    .orElseThrow();
        }

        @Override
        public Agreement agreement() {
            int m = features.dimension(q.dim(-1));
            return sums(q, 8 * q.dim(-1) + m + k.dim(-2));
        }
    }

    /// The gradients of `Σ out·g` of an attention through features with respect to q, k and v, one
    /// after the other.
    record AttendLinearTraining(AttendLinear forward, Array g) implements Task {
        @Override
        public Agreement agreement() {
            int m = forward.features.dimension(forward.q.dim(-1));
            int most = Math.max(forward.q.dim(-2), forward.k.dim(-2));
            return sums(g, 8 * (g.dim(-1) + forward.q.dim(-1)) + m + most);
        }
    }

    /// Forward through a block of an encoder, `y = block(x)`, and the gradients of `Σ y·g` with
    /// respect to x and to all parameters, in the order of their names, one after the other.
    ///
    /// A gradient of a weight sums over all tokens, and each of its factors has passed some ten
    /// sums of up to the width of the feed-forward layer.
    record Encoder(EncoderBlock block, Array x, Array g) implements Task {
        @Override
        public Agreement agreement() {
            return sums(x, 10 * x.dim(0) * x.dim(1));
        }
    }
}
