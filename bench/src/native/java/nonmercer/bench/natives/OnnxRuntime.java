package nonmercer.bench.natives;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.bench.Peer;
import nonmercer.bench.PeerLibrary;
import nonmercer.bench.Task;
import nonmercer.lanes.Unary;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/// ONNX Runtime, on models of one node, forward and in float32. It runs whole models; what it adds
/// to a call for that counts.
public final class OnnxRuntime implements PeerLibrary {
    private static final int LINE = 64;

    /// Its threads look for work a million times before they sleep.
    private static final long LINGER_MILLIS = 120;

    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    @Override
    public String about() {
        return "ONNX Runtime " + ENVIRONMENT.getVersion();
    }

    @Override
    public List<Peer> of(Task task) {
        return switch (task) {
            case Task.Product p
                    when p.a().dtype() == DType.FLOAT32
                            && (p.a().shape().rank() == 2
                                    || p.ta() == Transpose.PLAIN && p.tb() == Transpose.PLAIN) ->
                    List.of(product(p));
            case Task.Function(var f, var x) when x.dtype() == DType.FLOAT32 -> {
                String operator = operator(f);
                yield operator == null
                        ? List.of()
                        : List.of(peer(operator, x.shape(), List.of(), x));
            }
            case Task.Softmax(var x) -> List.of(peer("Softmax", x.shape(), List.of(), x));
            case Task.LayerNorm(var x, var _) -> {
                // It cannot be without a gain. Its ε is 10⁻⁵ unless said otherwise.
                Array gain = Array.full(x.dtype(), Shape.of(x.dim(-1)), 1);
                yield List.of(peer("LayerNormalization", x.shape(), List.of(), x, gain));
            }
            default -> List.of();
        };
    }

    private static Peer product(Task.Product p) {
        Shape shape = MatMul.shape(p.a().shape(), p.ta(), p.b().shape(), p.tb());
        return p.a().shape().rank() > 2
                ? peer("MatMul", shape, List.of(), p.a(), p.b())
                : peer(
                        "Gemm",
                        shape,
                        List.of(flag("transA", p.ta()), flag("transB", p.tb())),
                        p.a(),
                        p.b());
    }

    private static OnnxModel.Attribute flag(String name, Transpose t) {
        return new OnnxModel.Attribute(name, t == Transpose.PLAIN ? 0 : 1);
    }

    private static @Nullable String operator(Unary f) {
        return switch (f) {
            case EXP -> "Exp";
            case LOG -> "Log";
            case TANH -> "Tanh";
            case ERF -> "Erf";
            case SIGMOID -> "Sigmoid";
            case GELU -> "Gelu";
            case SIN -> "Sin";
            case COS -> "Cos";
            default -> null;
        };
    }

    private static Peer peer(
            String operator, Shape shape, List<OnnxModel.Attribute> attributes, Array... in) {
        int threads = Parallel.threads();
        OnnxModel model =
                new OnnxModel(
                        operator,
                        Arrays.stream(in).map(x -> sizes(x.shape())).toList(),
                        attributes);
        try {
            var options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(threads);
            OrtSession session = ENVIRONMENT.createSession(model.bytes(), options);
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            for (int i = 0; i < in.length; i++) {
                FloatBuffer values = buffer(in[i].size()).put(in[i].floats(), 0, in[i].size());
                inputs.put("x" + i, tensor(values.rewind(), in[i].shape()));
            }
            FloatBuffer out = buffer(shape.size());
            Map<String, OnnxTensor> outputs = Map.of("y", tensor(out, shape));
            return new Peer(
                    "ONNX Runtime",
                    ENVIRONMENT.getVersion(),
                    () -> {},
                    () -> run(session, inputs, outputs),
                    () -> array(out, shape),
                    threads == 1 ? 0 : LINGER_MILLIS);
        } catch (OrtException e) {
            throw new IllegalStateException(operator, e);
        }
    }

    private static void run(
            OrtSession session, Map<String, OnnxTensor> in, Map<String, OnnxTensor> out) {
        try (OrtSession.Result _ = session.run(in, Set.of(), out)) {
            // the result is in the given output
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
    }

    private static Array array(FloatBuffer out, Shape shape) {
        float[] values = new float[shape.size()];
        out.get(0, values);
        return Array.of(shape, values);
    }

    private static long[] sizes(Shape shape) {
        return Arrays.stream(shape.extents()).asLongStream().toArray();
    }

    /// At the start of a cache line.
    private static FloatBuffer buffer(int n) {
        return ByteBuffer.allocateDirect(n * Float.BYTES + 2 * LINE)
                .alignedSlice(LINE)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .slice(0, n);
    }

    private static OnnxTensor tensor(FloatBuffer values, Shape shape) throws OrtException {
        return OnnxTensor.createTensor(ENVIRONMENT, values, sizes(shape));
    }
}
