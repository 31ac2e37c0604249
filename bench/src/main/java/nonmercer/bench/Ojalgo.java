package nonmercer.bench;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.parallel.Parallel;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/// ojAlgo: column-major, with threads of its own.
final class Ojalgo {
    private Ojalgo() {}

    static ProductPeer product(Array a, Array b) {
        OjAlgoUtils.limitThreadsTo(Parallel.threads());
        PhysicalStore<Double> x = store(a);
        PhysicalStore<Double> y = store(b);
        PhysicalStore<Double> z = zeros(a.dtype(), a.dim(0), b.dim(1));
        return new ProductPeer(
                new Case.Peer("ojAlgo", version(), () -> x.multiply(y, z)), z::doubleValue);
    }

    private static String version() {
        return String.valueOf(OjAlgoUtils.getVersion());
    }

    private static PhysicalStore<Double> store(Array a) {
        PhysicalStore<Double> x = zeros(a.dtype(), a.dim(0), a.dim(1));
        double[] values = a.toDoubles();
        for (int i = 0; i < a.dim(0); i++) {
            for (int j = 0; j < a.dim(1); j++) {
                x.set(i, j, values[i * a.dim(1) + j]);
            }
        }
        return x;
    }

    private static PhysicalStore<Double> zeros(DType dtype, int rows, int columns) {
        return dtype == DType.FLOAT32
                ? R032Store.FACTORY.make(rows, columns)
                : R064Store.FACTORY.make(rows, columns);
    }
}
