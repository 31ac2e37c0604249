package nonmercer.proofs.machine;

import nonmercer.array.Array;

/// Products written as sums, for the claims to compare with.
final class Matrices {
    private Matrices() {}

    static double[] times(double[][] a, double[] v) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = dot(a[i], v);
        }
        return out;
    }

    static double[] transposedTimes(double[][] a, double[] v) {
        double[] out = new double[a.length == 0 ? 0 : a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j] += a[i][j] * v[i];
            }
        }
        return out;
    }

    static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = transposedTimes(b, a[i]);
        }
        return out;
    }

    static double[][] transposed(double[][] a) {
        double[][] t = new double[a.length == 0 ? 0 : a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < t.length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /// `‖v‖ₚ` by the formula.
    static double norm(double[] v, double p) {
        double sum = 0;
        for (double x : v) {
            sum += Math.pow(Math.abs(x), p);
        }
        return Math.pow(sum, 1 / p);
    }

    /// `sign(v) |v|ᵖ⁻¹/‖v‖ᵖ⁻²` by the formula.
    static double[] duality(double[] v, double p) {
        double norm = norm(v, p);
        double[] j = new double[v.length];
        for (int n = 0; n < v.length && norm > 0; n++) {
            j[n] = Math.signum(v[n]) * Math.pow(Math.abs(v[n]), p - 1) / Math.pow(norm, p - 2);
        }
        return j;
    }

    /// `A + s B`.
    static double[][] sum(double[][] a, double s, double[][] b) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].clone();
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] += s * b[i][j];
            }
        }
        return out;
    }

    /// The rows of a matrix.
    static double[][] rows(Array a) {
        double[][] rows = new double[a.dim(0)][a.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = a.get(i, j);
            }
        }
        return rows;
    }
}
