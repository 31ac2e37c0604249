package nonmercer.spectral;

import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Hadamard;
import nonmercer.array.Shape;
import nonmercer.linalg.Decompositions;
import nonmercer.random.RandomStream;

/// Rows of noise made block by block, each from a stream of its own.
final class Blocks {
    private Blocks() {}

    /// All rows of one block: at least `d`, each of at least `d` coordinates, row-major.
    interface Maker {
        double[][] make(int d, RandomStream stream);
    }

    /// `m` rows, block after block; the last may be cut off.
    static Array of(int m, int d, RandomStream stream, Maker maker) {
        Array all = Array.zeros(DType.FLOAT64, Shape.of(m, d));
        double[] to = all.doubles();
        for (int row = 0, b = 0; row < m; b++) {
            double[][] block = maker.make(d, stream.at(b));
            for (int i = 0; i < block.length && row < m; i++, row++) {
                System.arraycopy(block[i], 0, to, row * d, d);
            }
        }
        return all;
    }

    static double[][] orthogonal(int d, RandomStream stream) {
        return scaled(haar(d, stream), chi(d, d, stream));
    }

    /// The vertices `√(d/(d−1)) (eᵢ − 1/d)` of a simplex, turned.
    static double[][] simplex(int d, RandomStream stream) {
        double[][] q = haar(d, stream);
        for (int l = 0; l < d; l++) {
            double mean = 0;
            for (double[] row : q) {
                mean += row[l] / d;
            }
            for (double[] row : q) {
                row[l] = (row[l] - mean) * Math.sqrt(d / (d - 1.0));
            }
        }
        return scaled(q, chi(d, d, stream));
    }

    /// `H D₁ H D₂ H D₃/D^(3/2)` has orthonormal rows.
    static double[][] structured(int d, RandomStream stream) {
        int n = powerOfTwo(d);
        double[][] rows = identity(d, n);
        for (int k = 3; k > 0; k--) {
            multiply(rows, signs(n, stream.at("sign").at(k)));
            hadamard(rows, 1 / Math.sqrt(n));
        }
        return scaled(transposed(rows, n), chi(n, n, stream));
    }

    static double[][] fastfood(int d, RandomStream stream) {
        Noise.Diagonals v = diagonals(d, 1, stream);
        int n = v.s().dim(1);
        double[][] rows = identity(d, n);
        multiply(rows, v.b().doubles());
        hadamard(rows, 1);
        for (double[] row : rows) {
            double[] from = row.clone();
            for (int i = 0; i < n; i++) {
                row[i] = from[v.permutation().get(i)];
            }
        }
        multiply(rows, v.g().doubles());
        hadamard(rows, 1 / Math.sqrt(n));
        multiply(rows, v.s().doubles());
        return transposed(rows, n);
    }

    /// The diagonals of so many blocks of Fastfood: `sᵢ = χ_D/‖g‖`.
    static Noise.Diagonals diagonals(int d, int blocks, RandomStream stream) {
        int n = powerOfTwo(d);
        double[] s = new double[blocks * n];
        double[] g = new double[blocks * n];
        double[] b = new double[blocks * n];
        Integer[] p = new Integer[blocks * n];
        for (int k = 0; k < blocks; k++) {
            RandomStream block = stream.at("block").at(k);
            double[] gauss = chi(n, 1, block.at("gauss"), g, k * n);
            double[] lengths = chi(n, n, block);
            double[] sign = signs(n, block.at("sign"));
            int[] order = block.at("order").permutation(n);
            for (int i = 0; i < n; i++) {
                s[k * n + i] = lengths[i] / gauss[0];
                b[k * n + i] = sign[i];
                p[k * n + i] = k * n + order[i];
            }
        }
        Shape shape = Shape.of(blocks, n);
        return new Noise.Diagonals(
                Array.of(shape, s), Array.of(shape, g), Array.of(shape, b), List.of(p));
    }

    /// The smallest power of two from `d` on.
    static int powerOfTwo(int d) {
        return d <= 1 ? 1 : Integer.highestOneBit(d - 1) * 2;
    }

    /// A uniformly random orthogonal matrix.
    private static double[][] haar(int d, RandomStream stream) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(d, d));
        stream.at("direction").fillNormal(a, 0, 1);
        Array q = Decompositions.orthonormal(a);
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int l = 0; l < d; l++) {
                rows[i][l] = q.get(i, l);
            }
        }
        return rows;
    }

    /// The lengths of `count` standard normal vectors in `d` coordinates: chi numbers with `d`
    /// degrees of freedom, independent of everything else.
    private static double[] chi(int d, int count, RandomStream stream) {
        return chi(d, count, stream.at("length"), new double[d * count], 0);
    }

    private static double[] chi(int d, int count, RandomStream stream, double[] vectors, int at) {
        double[] lengths = new double[count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int l = 0; l < d; l++) {
                double x = stream.nextGaussian();
                vectors[at + i * d + l] = x;
                sum += x * x;
            }
            lengths[i] = Math.sqrt(sum);
        }
        return lengths;
    }

    private static double[] signs(int n, RandomStream stream) {
        return IntStream.range(0, n).mapToDouble(i -> stream.nextBoolean() ? 1 : -1).toArray();
    }

    private static double[][] scaled(double[][] rows, double[] by) {
        for (int i = 0; i < rows.length; i++) {
            for (int l = 0; l < rows[i].length; l++) {
                rows[i][l] *= by[i];
            }
        }
        return rows;
    }

    /// The first `d` unit vectors of `n` coordinates.
    private static double[][] identity(int d, int n) {
        double[][] rows = new double[d][n];
        for (int i = 0; i < d; i++) {
            rows[i][i] = 1;
        }
        return rows;
    }

    private static void multiply(double[][] rows, double[] by) {
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= by[i];
            }
        }
    }

    private static void hadamard(double[][] rows, double scale) {
        for (double[] row : rows) {
            Array x = Array.vector(row);
            Hadamard.transform(x, x);
            for (int i = 0; i < row.length; i++) {
                row[i] = x.at(i) * scale;
            }
        }
    }

    private static double[][] transposed(double[][] a, int columns) {
        double[][] t = new double[columns][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < columns; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }
}
