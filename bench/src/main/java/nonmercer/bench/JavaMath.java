package nonmercer.bench;

import java.util.List;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.lanes.Unary;
import nonmercer.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/// Loops over the functions of `java.lang.Math`, each written out so that the compiler sees which
/// function it is.
final class JavaMath implements PeerLibrary {
    private static final int GRAIN = 1 << 15;

    @Override
    public String about() {
        return "java.lang.Math " + version();
    }

    @Override
    public List<Peer> of(Task task) {
        return task instanceof Task.Function(var f, var x) ? peers(f, x) : List.of();
    }

    /// The loop over this function, where the Java library has it; none else.
    private static List<Peer> peers(Unary f, Array x) {
        Shape shape = x.shape();
        if (x.dtype() == DType.FLOAT32) {
            float[] out = new float[x.size()];
            return peers(x.size(), loop(f, x.toFloats(), out), () -> Array.of(shape, out));
        }
        double[] out = new double[x.size()];
        return peers(x.size(), loop(f, x.toDoubles(), out), () -> Array.of(shape, out));
    }

    private static List<Peer> peers(int n, Parallel.@Nullable Range loop, Supplier<Array> result) {
        return loop == null
                ? List.of()
                : List.of(
                        Peer.of(
                                "java.lang.Math",
                                version(),
                                () -> Parallel.forRanges(n, GRAIN, loop),
                                result));
    }

    private static String version() {
        return System.getProperty("java.version", "unknown");
    }

    private static Parallel.@Nullable Range loop(Unary f, float[] x, float[] out) {
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

    private static Parallel.@Nullable Range loop(Unary f, double[] x, double[] out) {
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
