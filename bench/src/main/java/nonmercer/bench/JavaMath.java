package nonmercer.bench;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/// Loops over the functions of `java.lang.Math`, each written out so that the compiler sees which
/// function it is.
final class JavaMath {
    private static final int GRAIN = 1 << 15;

    private JavaMath() {}

    /// The loop over this function, where the Java library has it; none else.
    static List<Case.Peer> peers(Unary f, Array x) {
        Parallel.@Nullable Range loop =
                x.dtype() == DType.FLOAT32 ? loop(f, x.toFloats()) : loop(f, x.toDoubles());
        if (loop == null) {
            return List.of();
        }
        String version = System.getProperty("java.version", "unknown");
        return List.of(
                new Case.Peer(
                        "java.lang.Math",
                        version,
                        () -> Parallel.forRanges(x.size(), GRAIN, loop)));
    }

    private static Parallel.@Nullable Range loop(Unary f, float[] x) {
        float[] out = new float[x.length];
        return switch (f) {
            case EXP ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = (float) Math.exp(x[i]);
                        }
                    };
            case LOG ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = (float) Math.log(x[i]);
                        }
                    };
            case TANH ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = (float) Math.tanh(x[i]);
                        }
                    };
            case SIN ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = (float) Math.sin(x[i]);
                        }
                    };
            case COS ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = (float) Math.cos(x[i]);
                        }
                    };
            default -> null;
        };
    }

    private static Parallel.@Nullable Range loop(Unary f, double[] x) {
        double[] out = new double[x.length];
        return switch (f) {
            case EXP ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = Math.exp(x[i]);
                        }
                    };
            case TANH ->
                    (from, to) -> {
                        for (int i = from; i < to; i++) {
                            out[i] = Math.tanh(x[i]);
                        }
                    };
            default -> null;
        };
    }
}
