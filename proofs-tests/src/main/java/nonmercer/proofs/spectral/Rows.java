package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import nonmercer.array.Array;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Noise;

/// A sampler of rows with standard normal marginals, and the wrong ones that were released.
interface Rows {
    /// `m` rows in `d` coordinates, block after block.
    double[][] draw(int m, int d, RandomStream stream);

    /// The rows of a block.
    default int block(int d) {
        return d;
    }

    /// The library's rows.
    static Rows of(Coupling coupling) {
        return new Rows() {
            @Override
            public double[][] draw(int m, int d, RandomStream stream) {
                return rows(coupling.draw(m, d, stream));
            }

            @Override
            public int block(int d) {
                return Math.max(d, coupling.block(2 * d, d));
            }
        };
    }

    private static double[][] rows(Noise.Rows noise) {
        Array a = noise.normal();
        double[][] rows = new double[a.dim(0)][a.dim(1)];
        double[] all = a.toDoubles();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, i * rows[i].length, rows[i], 0, rows[i].length);
        }
        return rows;
    }

    /// A block of `d` rows.
    interface Block {
        /// Rows of the block, from the normal numbers it was made of.
        double[][] of(double[][] normal, RandomStream stream);
    }

    /// Blocks from normal numbers.
    static Rows blocks(Block block) {
        return (m, d, stream) -> {
            double[][] all = rows(new Coupling.Independent().draw(m, d, stream.at("direction")));
            double[][] out = new double[m][];
            RandomStream lengths = stream.at("length");
            for (int from = 0; from + d <= m; from += d) {
                double[][] part = Arrays.copyOfRange(all, from, from + d);
                System.arraycopy(block.of(part, lengths), 0, out, from, d);
            }
            return out;
        };
    }

    /// The columns of `Q` of `A = QR` by reflections, as rows, `A` of these columns: `R` has the
    /// sign that a reflection leaves it, the opposite of its pivot's, so that `Q₁₁ < 0` always.
    static double[][] unsigned(double[][] columns) {
        int d = columns.length;
        double[][] u = new double[d][];
        double[][] q = new double[d][d];
        for (int k = 0; k < d; k++) {
            double[] x = columns[k].clone();
            for (int j = 0; j < k; j++) {
                reflect(x, u[j]);
            }
            Arrays.fill(x, 0, k, 0);
            double norm = Math.sqrt(GaussAt.square(x));
            x[k] += Math.copySign(k < d - 1 ? norm : 0, x[k]);
            u[k] = k < d - 1 ? x : new double[d];
            q[k][k] = 1;
            for (int j = k; j >= 0; j--) {
                reflect(q[k], u[j]);
            }
        }
        return q;
    }

    private static void reflect(double[] x, double[] u) {
        double square = GaussAt.square(u);
        double c = square == 0 ? 0 : 2 * GaussAt.dot(u, x) / square;
        for (int l = 0; l < x.length; l++) {
            x[l] -= c * u[l];
        }
    }

    /// Orthonormal rows by Gram and Schmidt, uniformly distributed: `R` has a positive diagonal.
    static double[][] signed(double[][] a) {
        double[][] q = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            q[i] = a[i].clone();
            for (int twice = 0; twice < 2; twice++) {
                for (int j = 0; j < i; j++) {
                    double c = GaussAt.dot(q[i], q[j]);
                    for (int l = 0; l < q[i].length; l++) {
                        q[i][l] -= c * q[j][l];
                    }
                }
            }
            GaussAt.scale(q[i], 1 / Math.sqrt(GaussAt.square(q[i])));
        }
        return q;
    }

    /// The length of a fresh normal vector.
    static double chi(int d, RandomStream stream) {
        double sum = 0;
        for (int l = 0; l < d; l++) {
            double x = stream.nextGaussian();
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /// The length of coordinate `i` of all vectors: that of row `i` where they are columns.
    static double across(double[][] columns, int i) {
        double sum = 0;
        for (double[] column : columns) {
            sum += column[i] * column[i];
        }
        return Math.sqrt(sum);
    }

    /// Rows of these lengths.
    static double[][] scaled(double[][] q, IntToDoubleFunction length) {
        for (int i = 0; i < q.length; i++) {
            GaussAt.scale(q[i], length.applyAsDouble(i));
        }
        return q;
    }
}
