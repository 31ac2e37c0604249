package nonmercer.autodiff.optim;

import nonmercer.array.Array;
import nonmercer.array.Reduce;
import nonmercer.autodiff.Gradients;

/// Keeps a step from being thrown off by one bad batch.
public final class Clipping {
    private Clipping() {}

    /// The gradients, scaled down to the global norm `most` if theirs is larger (Pascanu et al.
    /// 2013).
    ///
    /// @throws ArithmeticException naming the first parameter whose gradient holds NaN or an
    ///   infinity
    public static Gradients globalNorm(Gradients gradients, double most) {
        if (!(most > 0)) {
            throw new IllegalArgumentException("expected a positive norm to clip to, got " + most);
        }
        double norm = gradients.norm();
        if (!Double.isFinite(norm)) {
            gradients
                    .model()
                    .forEach((name, p) -> {
                        Array g = gradients.of(p);
                        int bad = Reduce.firstNonFinite(g);
                        if (bad >= 0) {
                            throw new ArithmeticException(
                                    "the gradient of '"
                                            + name
                                            + "' "
                                            + g.shape()
                                            + " holds "
                                            + g.at(bad)
                                            + " at position "
                                            + bad);
                        }
                    });
            throw new ArithmeticException("the global norm of the gradients overflows");
        }
        return norm <= most ? gradients : gradients.scaled(most / norm);
    }
}
