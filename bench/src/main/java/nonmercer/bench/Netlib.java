package nonmercer.bench;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import nonmercer.array.Array;
import nonmercer.array.DType;

/// The Java BLAS of netlib: VectorBLAS where the Vector API is there. One thread.
final class Netlib {
    private static final Logger LOG = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");
    private static final JavaBLAS BLAS = blas();

    private Netlib() {}

    /// Without a native library beneath, and without a line about it.
    private static JavaBLAS blas() {
        LOG.setLevel(Level.WARNING);
        System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
        return JavaBLAS.getInstance();
    }

    /// BLAS is column-major: what it takes for bᵀ and aᵀ are our b and a, and cᵀ = bᵀ·aᵀ.
    static ProductPeer product(Array a, Array b) {
        int m = a.dim(0);
        int k = a.dim(1);
        int n = b.dim(1);
        if (a.dtype() == DType.FLOAT32) {
            float[] x = a.toFloats();
            float[] y = b.toFloats();
            float[] z = new float[m * n];
            return new ProductPeer(
                    peer(() -> BLAS.sgemm("N", "N", n, m, k, 1, y, n, x, k, 0, z, n)),
                    (i, j) -> z[i * n + j]);
        }
        double[] x = a.toDoubles();
        double[] y = b.toDoubles();
        double[] z = new double[m * n];
        return new ProductPeer(
                peer(() -> BLAS.dgemm("N", "N", n, m, k, 1, y, n, x, k, 0, z, n)),
                (i, j) -> z[i * n + j]);
    }

    /// `into += s·x`.
    static Case.Peer addScaled(float s, float[] x, float[] into) {
        return peer(() -> BLAS.saxpy(x.length, s, x, 1, into, 1));
    }

    /// `into[0] = Σ xᵢyᵢ`.
    static Case.Peer dot(float[] x, float[] y, float[] into) {
        return peer(() -> into[0] = BLAS.sdot(x.length, x, 1, y, 1));
    }

    private static Case.Peer peer(Runnable call) {
        return new Case.Peer(BLAS.getClass().getSimpleName(), version(), call);
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
