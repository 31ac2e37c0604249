package nonmercer.bench;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.parallel.Parallel;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.machine.VirtualMachine;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/// ojAlgo: column-major, with threads of its own.
final class Ojalgo implements PeerLibrary {
    private static final VirtualMachine WHOLE = OjAlgoUtils.ENVIRONMENT;

    @Override
    public String about() {
        return "ojAlgo " + version();
    }

    @Override
    public List<Peer> of(Task task) {
        return task instanceof Task.Product p && p.plain()
                ? List.of(product(p.a(), p.b()))
                : List.of();
    }

    private static Peer product(Array a, Array b) {
        OjAlgoUtils.ENVIRONMENT = WHOLE; // a limit can only be lowered
        OjAlgoUtils.limitThreadsTo(Parallel.threads());
        PhysicalStore<Double> x = store(a);
        PhysicalStore<Double> y = store(b);
        PhysicalStore<Double> z = zeros(a.dtype(), a.dim(0), b.dim(1));
        return Peer.of("ojAlgo", version(), () -> x.multiply(y, z), () -> array(z, a.dtype()));
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

    private static Array array(PhysicalStore<Double> x, DType dtype) {
        double[] rowMajor = new double[(int) x.count()];
        for (int i = 0; i < x.getRowDim(); i++) {
            for (int j = 0; j < x.getColDim(); j++) {
                rowMajor[i * x.getColDim() + j] = x.doubleValue(i, j);
            }
        }
        return Array.of(Shape.of(x.getRowDim(), x.getColDim()), rowMajor).cast(dtype);
    }

    private static PhysicalStore<Double> zeros(DType dtype, int rows, int columns) {
        return dtype == DType.FLOAT32
                ? R032Store.FACTORY.make(rows, columns)
                : R064Store.FACTORY.make(rows, columns);
    }
}
