package nonmercer.bench;

import java.util.List;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/// EJML: row-major; its concurrent product above the size that it sets itself.
final class Ejml implements PeerLibrary {
    @Override
    public String about() {
        return "EJML " + EjmlVersion.VERSION;
    }

    @Override
    public List<Peer> of(Task task) {
        return task instanceof Task.Product p && p.plain()
                ? List.of(product(p.a(), p.b()))
                : List.of();
    }

    private static Peer product(Array a, Array b) {
        EjmlConcurrency.setMaxThreads(Parallel.threads());
        int m = a.dim(0);
        int k = a.dim(1);
        int n = b.dim(1);
        if (a.dtype() == DType.FLOAT32) {
            FMatrixRMaj x = FMatrixRMaj.wrap(m, k, a.toFloats());
            FMatrixRMaj y = FMatrixRMaj.wrap(k, n, b.toFloats());
            FMatrixRMaj z = new FMatrixRMaj(m, n);
            boolean shared = Parallel.threads() > 1 && EjmlConcurrency.useConcurrent(z);
            return peer(
                    shared
                            ? () -> CommonOps_MT_FDRM.mult(x, y, z)
                            : () -> CommonOps_FDRM.mult(x, y, z),
                    () -> Array.of(Shape.of(m, n), z.data));
        }
        DMatrixRMaj x = DMatrixRMaj.wrap(m, k, a.toDoubles());
        DMatrixRMaj y = DMatrixRMaj.wrap(k, n, b.toDoubles());
        DMatrixRMaj z = new DMatrixRMaj(m, n);
        boolean shared = Parallel.threads() > 1 && EjmlConcurrency.useConcurrent(z);
        return peer(
                shared ? () -> CommonOps_MT_DDRM.mult(x, y, z) : () -> CommonOps_DDRM.mult(x, y, z),
                () -> Array.of(Shape.of(m, n), z.data));
    }

    private static Peer peer(Runnable call, Supplier<Array> result) {
        return Peer.of("EJML", EjmlVersion.VERSION, call, result);
    }
}
