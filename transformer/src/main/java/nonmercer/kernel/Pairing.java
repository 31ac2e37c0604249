package nonmercer.kernel;

import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.HarmonicMeans;
import nonmercer.autodiff.op.L1Distance;
import nonmercer.autodiff.op.SquaredDistance;
import nonmercer.autodiff.op.SumOfMinima;
import nonmercer.linalg.Transpose;

/// A number for each query and key, of which a [Profile] is a function.
public enum Pairing {
    /// `q·k = Σₗ qₗ kₗ`.
    DOT("q·k") {
        @Override
        double term(double q, double k) {
            return q * k;
        }

        @Override
        Tensor pairs(Tensor q, Tensor k) {
            return q.matmul(k, Transpose.TRANSPOSED);
        }

        @Override
        Tensor rows(Tensor q, Tensor k) {
            return q.mul(k).sum(-1);
        }

        @Override
        Tensor with(Tensor x) {
            return x.square().sum(-1);
        }
    },
    /// `‖q - k‖² = Σₗ (qₗ - kₗ)²`.
    SQUARED_DISTANCE("‖q-k‖²") {
        @Override
        double term(double q, double k) {
            return (q - k) * (q - k);
        }

        @Override
        Tensor pairs(Tensor q, Tensor k) {
            return Tensor.apply(new SquaredDistance(), q, k);
        }

        @Override
        Tensor rows(Tensor q, Tensor k) {
            return q.sub(k).square().sum(-1);
        }

        @Override
        Tensor with(Tensor x) {
            return zeros(x);
        }
    },
    /// `‖q - k‖₁ = Σₗ |qₗ - kₗ|`.
    L1_DISTANCE("‖q-k‖₁") {
        @Override
        double term(double q, double k) {
            return Math.abs(q - k);
        }

        @Override
        Tensor pairs(Tensor q, Tensor k) {
            return Tensor.apply(new L1Distance(), q, k);
        }

        @Override
        Tensor rows(Tensor q, Tensor k) {
            return q.sub(k).abs().sum(-1);
        }

        @Override
        Tensor with(Tensor x) {
            return zeros(x);
        }
    },
    /// `Σₗ min(qₗ, kₗ)`.
    SUM_OF_MINIMA("Σₗ min(qₗ,kₗ)") {
        @Override
        double term(double q, double k) {
            return Math.min(q, k);
        }

        @Override
        Tensor pairs(Tensor q, Tensor k) {
            return Tensor.apply(new SumOfMinima(), q, k);
        }

        @Override
        Tensor rows(Tensor q, Tensor k) {
            return q.minimum(k).sum(-1);
        }

        @Override
        Tensor with(Tensor x) {
            return x.sum(-1);
        }
    },
    /// `Σₗ 2 qₗ kₗ/(qₗ + kₗ)` over the coordinates where both are positive: the sum of the harmonic
    /// means.
    HARMONIC("Σₗ 2qₗkₗ/(qₗ+kₗ)") {
        @Override
        double term(double q, double k) {
            return q > 0 && k > 0 ? 2 * q * (k / (q + k)) : 0;
        }

        @Override
        Tensor pairs(Tensor q, Tensor k) {
            return Tensor.apply(new HarmonicMeans(), q, k);
        }

        @Override
        Tensor rows(Tensor q, Tensor k) {
            return pairs(
                            q.reshape(q.shape().without(-1).append(1, q.dim(-1))),
                            k.reshape(k.shape().without(-1).append(1, k.dim(-1))))
                    .reshape(q.shape().without(-1));
        }

        @Override
        Tensor with(Tensor x) {
            return x.relu().sum(-1);
        }
    };

    private final String symbol;

    Pairing(String symbol) {
        this.symbol = symbol;
    }

    /// The pairing in a formula, such as `q·k`.
    public String symbol() {
        return symbol;
    }

    abstract double term(double q, double k);

    /// The definition: the sum of the terms in order, in float64.
    public double at(double[] q, double[] k) {
        if (q.length != k.length) {
            throw new IllegalArgumentException(
                    "the pairing "
                            + symbol
                            + " needs a query and a key of one length, got "
                            + q.length
                            + " and "
                            + k.length);
        }
        double sum = 0;
        for (int l = 0; l < q.length; l++) {
            sum += term(q[l], k[l]);
        }
        return sum;
    }

    /// Every query with every key: `[…, n, d] × […, m, d] → […, n, m]`.
    public final Tensor of(Tensor q, Tensor k) {
        check(q, k);
        return pairs(q, k);
    }

    /// Refuses queries and keys of different widths.
    public void check(Tensor q, Tensor k) {
        if (q.dim(-1) != k.dim(-1)) {
            throw new IllegalArgumentException(
                    "the pairing "
                            + symbol
                            + " needs queries and keys of one width, got "
                            + q.shape()
                            + " and "
                            + k.shape());
        }
    }

    abstract Tensor pairs(Tensor q, Tensor k);

    abstract Tensor rows(Tensor q, Tensor k);

    /// Each point with itself: `[…, n, d] → […, n]`. No two coordinates are tied here, they are
    /// one.
    abstract Tensor with(Tensor x);

    /// Each query with the key of the same row: `[…, n, d] × […, n, d] → […, n]`.
    final Tensor ofRows(Tensor q, Tensor k) {
        check(q, k);
        return q == k ? with(q) : rows(q, k);
    }

    private static Tensor zeros(Tensor x) {
        return Tensor.of(Array.zeros(x.dtype(), x.shape().without(-1)));
    }
}
