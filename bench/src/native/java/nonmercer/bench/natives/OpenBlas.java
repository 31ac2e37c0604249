package nonmercer.bench.natives;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.bench.Peer;
import nonmercer.bench.PeerLibrary;
import nonmercer.bench.Task;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/// OpenBLAS, with the kernels that it chooses for this machine.
public final class OpenBlas implements PeerLibrary {
    /// Its threads and those of libtorch look for work before they sleep: by OpenBLAS's own default
    /// a tenth of a second, but the launcher sets OPENBLAS_THREAD_TIMEOUT to 2²⁰ cycles.
    static final long LINGER_MILLIS = 10;

    private static final int TEXT_BYTES = 1000;
    private static final String VERSION;
    private static final String CORE;

    static {
        Loader.load(openblas.class);
        String config = text("openblas_get_config"); // OpenBLAS 0.3.31 DYNAMIC_ARCH ...
        int at = config.indexOf(' ') + 1;
        VERSION = config.substring(at, config.indexOf(' ', at));
        CORE = text("openblas_get_corename");
    }

    @Override
    public String about() {
        return "OpenBLAS " + VERSION + ", kernels for " + CORE;
    }

    @Override
    public List<Peer> of(Task task) {
        return switch (task) {
            case Task.Product p -> List.of(product(p));
            case Task.AddScaled(var s, var x, var y) when x.dtype() == DType.FLOAT32 -> {
                FloatPointer px = Buffer.of(x).floats();
                Buffer into = Buffer.of(y);
                yield List.of(
                        peer(
                                () ->
                                        openblas.cblas_saxpy(
                                                x.size(), (float) s, px, 1, into.floats(), 1),
                                into));
            }
            case Task.Dot(var x, var y) when x.dtype() == DType.FLOAT32 -> {
                FloatPointer px = Buffer.of(x).floats();
                FloatPointer py = Buffer.of(y).floats();
                Buffer out = Buffer.zeros(x.dtype(), Shape.of(1));
                yield List.of(
                        peer(
                                () -> out.floats().put(openblas.cblas_sdot(x.size(), px, 1, py, 1)),
                                out));
            }
            case Task.MatVec(var a, var x) when a.dtype() == DType.FLOAT32 -> {
                int m = a.dim(0);
                int n = a.dim(1);
                FloatPointer pa = Buffer.of(a).floats();
                FloatPointer px = Buffer.of(x).floats();
                Buffer out = Buffer.zeros(a.dtype(), Shape.of(m, 1));
                yield List.of(
                        peer(
                                () ->
                                        openblas.cblas_sgemv(
                                                CblasRowMajor,
                                                CblasNoTrans,
                                                m,
                                                n,
                                                1,
                                                pa,
                                                n,
                                                px,
                                                1,
                                                0,
                                                out.floats(),
                                                1),
                                out));
            }
            default -> List.of();
        };
    }

    private static Peer product(Task.Product p) {
        int m = p.m();
        int n = p.n();
        int k = p.k();
        int ta = p.ta() == Transpose.PLAIN ? CblasNoTrans : CblasTrans;
        int tb = p.tb() == Transpose.PLAIN ? CblasNoTrans : CblasTrans;
        int lda = p.a().dim(-1);
        int ldb = p.b().dim(-1);
        Buffer a = Buffer.of(p.a());
        Buffer b = Buffer.of(p.b());
        Shape shape = p.a().shape().with(-2, m).with(-1, n);
        Buffer c = Buffer.zeros(p.a().dtype(), shape);
        Runnable[] calls = new Runnable[p.batch()];
        for (int i = 0; i < calls.length; i++) {
            calls[i] =
                    p.a().dtype() == DType.FLOAT32
                            ? sgemm(
                                    ta,
                                    tb,
                                    new int[] {m, n, k, lda, ldb},
                                    a.floats().getPointer((long) i * m * k),
                                    b.floats().getPointer((long) i * k * n),
                                    c.floats().getPointer((long) i * m * n))
                            : dgemm(
                                    ta,
                                    tb,
                                    new int[] {m, n, k, lda, ldb},
                                    a.doubles().getPointer((long) i * m * k),
                                    b.doubles().getPointer((long) i * k * n),
                                    c.doubles().getPointer((long) i * m * n));
        }
        if (calls.length == 1) {
            return peer(calls[0], c);
        }
        return peer(
                () -> {
                    for (Runnable call : calls) {
                        call.run();
                    }
                },
                c);
    }

    /// @param s m, n, k and the lengths of the rows of a and b
    private static Runnable sgemm(
            int ta, int tb, int[] s, FloatPointer a, FloatPointer b, FloatPointer c) {
        return () ->
                openblas.cblas_sgemm(
                        CblasRowMajor, ta, tb, s[0], s[1], s[2], 1, a, s[3], b, s[4], 0, c, s[1]);
    }

    private static Runnable dgemm(
            int ta, int tb, int[] s, DoublePointer a, DoublePointer b, DoublePointer c) {
        return () ->
                openblas.cblas_dgemm(
                        CblasRowMajor, ta, tb, s[0], s[1], s[2], 1, a, s[3], b, s[4], 0, c, s[1]);
    }

    private static Peer peer(Runnable call, Buffer out) {
        int threads = Parallel.threads();
        return new Peer(
                "OpenBLAS",
                VERSION,
                () -> openblas.blas_set_num_threads(threads),
                call,
                out::array,
                threads == 1 ? 0 : LINGER_MILLIS);
    }

    /// What a function of OpenBLAS without arguments says. Its binding leaves these out.
    @SuppressWarnings("restricted")
    private static String text(String function) {
        MemorySegment address = MemorySegment.ofAddress(Loader.addressof(function).address());
        try {
            var text =
                    (MemorySegment)
                            Linker.nativeLinker()
                                    .downcallHandle(
                                            address, FunctionDescriptor.of(ValueLayout.ADDRESS))
                                    .invokeExact();
            return text.reinterpret(TEXT_BYTES).getString(0);
        } catch (Throwable e) {
            throw new IllegalStateException("OpenBLAS has no " + function, e);
        }
    }
}
