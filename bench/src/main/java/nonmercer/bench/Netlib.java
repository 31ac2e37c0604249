package nonmercer.bench;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.linalg.Transpose;

/// The Java BLAS of netlib: VectorBLAS where the Vector API is there. One thread.
final class Netlib implements PeerLibrary {
    private static final Logger LOG = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");
    private static final JavaBLAS BLAS = blas();

    /// Without a native library beneath, and without a line about it.
    private static JavaBLAS blas() {
        LOG.setLevel(Level.WARNING);
        System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
        return JavaBLAS.getInstance();
    }

    @Override
    public String about() {
        return BLAS.getClass().getSimpleName() + " " + version();
    }

    @Override
    public List<Peer> of(Task task) {
        return switch (task) {
            case Task.Product p when p.batch() == 1 -> List.of(product(p));
            case Task.AddScaled(var s, var x, var y) when x.dtype() == DType.FLOAT32 ->
                    List.of(addScaled((float) s, x.floats(), y.toFloats()));
            case Task.Dot(var x, var y) when x.dtype() == DType.FLOAT32 ->
                    List.of(dot(x.floats(), y.floats()));
            case Task.MatVec(var a, var x) when a.dtype() == DType.FLOAT32 ->
                    List.of(matVec(a, x.floats()));
            default -> List.of();
        };
    }

    /// BLAS is column-major: what it takes for bᵀ and aᵀ are our b and a, and cᵀ = bᵀ·aᵀ.
    private static Peer product(Task.Product p) {
        int m = p.m();
        int k = p.k();
        int n = p.n();
        int lda = p.a().dim(-1);
        int ldb = p.b().dim(-1);
        String ta = p.ta() == Transpose.PLAIN ? "N" : "T";
        String tb = p.tb() == Transpose.PLAIN ? "N" : "T";
        Shape shape = Shape.of(m, n);
        if (p.a().dtype() == DType.FLOAT32) {
            float[] x = p.a().toFloats();
            float[] y = p.b().toFloats();
            float[] z = new float[m * n];
            return peer(
                    () -> BLAS.sgemm(tb, ta, n, m, k, 1, y, ldb, x, lda, 0, z, n),
                    () -> Array.of(shape, z));
        }
        double[] x = p.a().toDoubles();
        double[] y = p.b().toDoubles();
        double[] z = new double[m * n];
        return peer(
                () -> BLAS.dgemm(tb, ta, n, m, k, 1, y, ldb, x, lda, 0, z, n),
                () -> Array.of(shape, z));
    }

    private static Peer addScaled(float s, float[] x, float[] into) {
        return peer(
                () -> BLAS.saxpy(x.length, s, x, 1, into, 1),
                () -> Array.of(Shape.of(into.length), into));
    }

    private static Peer dot(float[] x, float[] y) {
        float[] into = new float[1];
        return peer(
                () -> into[0] = BLAS.sdot(x.length, x, 1, y, 1), () -> Array.of(Shape.of(1), into));
    }

    private static Peer matVec(Array a, float[] x) {
        int m = a.dim(0);
        int n = a.dim(1);
        float[] z = new float[m];
        return peer(
                () -> BLAS.sgemv("T", n, m, 1, a.floats(), n, x, 1, 0, z, 1),
                () -> Array.of(Shape.of(m, 1), z));
    }

    private static Peer peer(Runnable call, Supplier<Array> result) {
        return Peer.of(BLAS.getClass().getSimpleName(), version(), call, result);
    }

    private static String version() {
        try (InputStream in =
                JavaBLAS.class.getResourceAsStream(
                        "/META-INF/maven/dev.ludovic.netlib/blas/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
