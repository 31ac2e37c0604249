package nonmercer.machine;

import nonmercer.array.Array;

/// Products of a matrix and a vector as if summed with twice the digits, for sums that cancel.
/// Source: Ogita, Rump & Oishi 2005.
final class Compensated {
    private Compensated() {}

    /// `Aᵀ v`.
    static double[] transposedTimes(Array a, double[] v) {
        int columns = a.dim(1);
        double[] from = a.toDoubles();
        double[] out = new double[columns];
        double[] low = new double[columns];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < columns; j++) {
                double x = from[i * columns + j];
                double product = x * v[i];
                double sum = out[j] + product;
                double part = sum - out[j];
                double lost = (out[j] - (sum - part)) + (product - part);
                low[j] += lost + Math.fma(x, v[i], -product);
                out[j] = sum;
            }
        }
        return Dense.sum(out, 1, low);
    }
}
