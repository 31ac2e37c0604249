package nonmercer.proofs.kernel;

import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Warp;

/// `κ(x, y) = exp(xᵀ A y)`, `A = Wq Wkᵀ`: the softmax kernel of projected queries and keys, rows
/// times matrices.
final class Towers {
    private Towers() {}

    static Kernel of(double[][] wq, double[][] wk) {
        return new ExpDot(Coefficient.of(1)).warped(linear(wq), linear(wk));
    }

    /// `κ(x, y) = exp(xᵀ A y)`.
    static Kernel of(double[][] a) {
        return of(a, identity(a.length));
    }

    static Warp linear(double[][] w) {
        return new Warp.Linear(new Parameter(Array.matrix(w)));
    }

    static double[][] identity(int d) {
        double[][] i = new double[d][d];
        for (int l = 0; l < d; l++) {
            i[l][l] = 1;
        }
        return i;
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

    static double[][] symmetrised(double[][] a) {
        double[][] s = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                s[i][j] = (a[i][j] + a[j][i]) / 2;
            }
        }
        return s;
    }

    /// Rotation of the plane.
    static double[][] rotation(double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new double[][] {{c, -s}, {s, c}};
    }
}
