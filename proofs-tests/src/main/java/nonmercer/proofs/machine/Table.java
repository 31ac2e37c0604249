package nonmercer.proofs.machine;

import nonmercer.array.Array;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Traits;

/// `κ(x, y) = xᵀ F y`: a table as a kernel, its entries at the unit vectors.
record Table(Array f) implements Featured {
    @Override
    public double at(double[] q, double[] k) {
        double sum = 0;
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < k.length; j++) {
                sum += q[i] * f.get(i, j) * k[j];
            }
        }
        return sum;
    }

    @Override
    public Traits traits() {
        return Traits.none();
    }

    @Override
    public String formula() {
        return "qᵀFk";
    }

    @Override
    public FeatureMap features() {
        return new Coordinates(f, Coordinates.identity(f.dim(1)));
    }
}
