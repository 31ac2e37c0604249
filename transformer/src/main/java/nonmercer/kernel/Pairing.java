package nonmercer.kernel;

import nonmercer.autodiff.Tensor;
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
}
