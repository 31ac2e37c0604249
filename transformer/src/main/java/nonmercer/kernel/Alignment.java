package nonmercer.kernel;

import nonmercer.array.Array;

/// How alike two representations of the same n points are: the centred alignment of their Gram
/// matrices,
///
/// `⟨HKH, HLH⟩/(‖HKH‖ ‖HLH‖)`, `H = I - 11ᵀ/n`, in Frobenius' inner product (Cortes, Mohri &
/// Rostamizadeh 2012, Definition 4; Kornblith et al. 2019 as CKA).
///
/// It is 1 where one is a positive multiple of the other up to a constant, and between 0 and 1 for
/// positive semidefinite matrices. It tells nothing of which rotation or scale would match the two.
public final class Alignment {
    private Alignment() {}

    /// The alignment of two Gram matrices `[n, n]` of one list of points.
    ///
    /// @throws IllegalArgumentException if they are not square and of one size, or if one of them
    ///   is the same for all pairs of points up to what depends on one of the two
    public static double of(Array k, Array l) {
        square("first", k);
        square("second", l);
        int n = k.dim(0);
        if (l.dim(0) != n) {
            throw new IllegalArgumentException(
                    "an alignment needs two Gram matrices of the same points, got "
                            + k.shape()
                            + " and "
                            + l.shape());
        }
        double[] a = centred(k);
        double[] b = centred(l);
        return dot(a, b) / (norm("first", a, k) * norm("second", b, l));
    }

    /// The alignment of the Gram matrices of two lists of features `[n, a]`, `[n, b]`, one row a
    /// point: linear CKA, `‖YᵀX‖²/(‖XᵀX‖ ‖YᵀY‖)` of centred features.
    public static double ofFeatures(Array x, Array y) {
        if (x.shape().rank() != 2 || y.shape().rank() != 2 || x.dim(0) != y.dim(0)) {
            throw new IllegalArgumentException(
                    "an alignment needs features of the same points, [n, a] and [n, b], got "
                            + x.shape()
                            + " and "
                            + y.shape());
        }
        return of(gram(x), gram(y));
    }

    private static Array gram(Array x) {
        double[][] rows = new double[x.dim(0)][x.dim(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int l = 0; l < rows[i].length; l++) {
                rows[i][l] = x.get(i, l);
            }
        }
        double[][] gram = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = Pairing.DOT.at(rows[i], rows[j]);
                gram[j][i] = gram[i][j];
            }
        }
        return Array.matrix(gram);
    }

    private static void square(String which, Array k) {
        if (k.shape().rank() != 2 || k.dim(0) != k.dim(1) || k.dim(0) < 2) {
            throw new IllegalArgumentException(
                    "the "
                            + which
                            + " Gram matrix of an alignment is square, of two points at least, got "
                            + k.shape());
        }
    }

    /// `HKH`, row by row.
    private static double[] centred(Array k) {
        int n = k.dim(0);
        double[] rows = new double[n];
        double[] columns = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i] += k.get(i, j) / n;
                columns[j] += k.get(i, j) / n;
                all += k.get(i, j) / n / n;
            }
        }
        double[] centred = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                centred[i * n + j] = k.get(i, j) - rows[i] - columns[j] + all;
            }
        }
        return centred;
    }

    private static double norm(String which, double[] centred, Array k) {
        double norm = Math.sqrt(dot(centred, centred));
        double size = 0;
        for (int i = 0; i < k.dim(0); i++) {
            for (int j = 0; j < k.dim(0); j++) {
                size = Math.max(size, Math.abs(k.get(i, j)));
            }
        }
        // Centring leaves up to 2n + 4 roundings of the largest element in each of n² places.
        int n = k.dim(0);
        if (!(norm > (2 * n + 4) * n * Math.ulp(1.0) * size)) {
            throw new IllegalArgumentException(
                    "the "
                            + which
                            + " representation is the same for all points: nothing is left of its Gram matrix when it is centred");
        }
        return norm;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int o = 0; o < a.length; o++) {
            sum += a[o] * b[o];
        }
        return sum;
    }
}
