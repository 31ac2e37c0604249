package nonmercer.attention;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;

/// The masks that attention in linear time knows: none, causal, lengths, and these together.
final class LinearMask {
    private LinearMask() {}

    /// 1 for the rows of keys that are seen, `[b, 1, m, 1]`; of no elements if all are.
    static Array seen(Mask mask, Tensor k) {
        int m = k.dim(2);
        int b = k.dim(0);
        Array seen = Array.zeros(k.dtype(), Shape.of(b, 1, m, 1));
        boolean all = true;
        for (int i = 0; i < b; i++) {
            for (int j = 0; j < m; j++) {
                boolean sees = length(mask, i, m) > j;
                all &= sees;
                if (sees && k.dtype() == DType.FLOAT32) {
                    seen.floats()[i * m + j] = 1;
                } else if (sees) {
                    seen.doubles()[i * m + j] = 1;
                }
            }
        }
        return all ? Array.vector() : seen;
    }

    static int length(Mask mask, int b, int m) {
        return switch (mask) {
            case Mask.Lengths l -> l.to(b, 0, m, m);
            case Mask.Both(Mask x, Mask y) -> Math.min(length(x, b, m), length(y, b, m));
            default -> m;
        };
    }

    static boolean causal(Mask mask) {
        return switch (mask) {
            case Mask.None n -> false;
            case Mask.Lengths l -> false;
            case Mask.Causal c -> true;
            case Mask.Both(Mask x, Mask y) -> {
                boolean first = causal(x);
                yield causal(y) || first;
            }
            default ->
                    throw new IllegalArgumentException(
                            "linear attention knows no mask, causal ones and lengths, got "
                                    + mask
                                    + "; use exact attention");
        };
    }
}
