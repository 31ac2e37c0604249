package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import org.jspecify.annotations.Nullable;

/// The functions `f(x) = ⟨Φ(x), v⟩` of `exp(c x·y)` with the norm `‖v‖_{4/3}`, all of the
/// infinitely many features counted.
///
/// For this exponent the dual norm is that of ℓ⁴, and sums of fourth powers over all features are
/// values of one function of four points: `K₄(x₁, …, x₄) = Σₐ Πᵢ Φₐ(xᵢ) = Πₗ ₀F₁(;1; c²
/// x₁ₗx₂ₗx₃ₗx₄ₗ)`. A function then mixes its data: `f(x) = Σᵢⱼₖ cᵢcⱼcₖ K₄(x, xᵢ, xⱼ, xₖ)/N²` with
/// `N⁴ = Σ cᵢcⱼcₖcₗ K₄`. Takes `n⁴` numbers, so few points.
///
/// Where functions of near points cancel, the fourth root of a rounding is left, `10⁻⁴` of what
/// cancels. There the features themselves are summed, up to a degree beyond rounding, where these
/// are few: in one or two coordinates, not far out. Else a solver's gap counts what is lost, so
/// that it has not converged where that matters. Source: Fasshauer, Hickernell & Ye 2015, for the
/// mixing; derived here for the exponential.
public record QuarticSpace(Coefficient scale) implements Space {
    private static final int MOST = 48; // 48⁴ numbers are 42 MB
    private static final int MOST_FEATURES = 1 << 12; // of a thousand points: 32 MB
    private static final int HIGHEST = 150; // 1/150! is a double yet
    private static final double KEPT = 1e-10; // of the energy: no features needed

    /// With the scale `1/√d` of the softmax kernel.
    public QuarticSpace() {
        this(Coefficient.inverseRootDimension());
    }

    /// 4/3.
    @Override
    public Lp norm() {
        return new Lp(4.0 / 3);
    }

    @Override
    public Array kernel(Array points, Array others) {
        return KernelBlocks.matrix(new ExpDot(scale), points, others);
    }

    /// `K₄`, a Bessel function of each coordinate.
    ///
    /// @throws ArithmeticException if it is beyond the range of doubles
    public double fourPoints(double[] x1, double[] x2, double[] x3, double[] x4) {
        double c = scale.value(x1.length);
        double product = 1;
        for (int l = 0; l < x1.length; l++) {
            product *= BesselZero.at(c * c * x1[l] * x2[l] * x3[l] * x4[l]);
        }
        if (!Double.isFinite(product)) {
            throw new ArithmeticException(
                    "the kernel of four points is beyond the range of doubles, or one of their coordinates"
                            + " is no number: coordinates up to about 150/√d of size fit");
        }
        return product;
    }

    @Override
    public Trace at(Array points) {
        Dense.checkPoints("the points", points);
        int n = points.dim(0);
        if (n > MOST) {
            throw new IllegalArgumentException(
                    "the truncation-free space needs n⁴ values of its kernel of four points; it takes at most "
                            + MOST
                            + " points, got "
                            + n
                            + ". Use Taylor features with p = 4/3");
        }
        return new AtPoints(points);
    }

    /// The space of so many features that the others are below `2⁻¹⁰⁰` in every sum over these
    /// points, as degree n has at most `(c‖x‖²)ⁿ/n!` of `‖Φ(x)‖²`; null if they are many.
    ///
    /// @param farthest `‖x‖²` of the farthest, or the geometric mean over the four in a product
    private @Nullable Trace enough(Array at, double farthest) {
        int d = at.dim(1);
        double score = scale.value(d) * farthest;
        double count = 1; // of the degrees so far
        double term = 1;
        int degree = 0;
        while (term > 0x1p-200 && count <= MOST_FEATURES && degree < HIGHEST && score >= 0) {
            degree++;
            term *= score / degree;
            count *= (double) (d + degree) / degree;
        }
        return term > 0x1p-200
                ? null
                : new FeatureSpace(new TaylorExp(scale, degree), Side.QUERIES, norm()).at(at);
    }

    private static double farthest(double[][] points) {
        double farthest = 0;
        for (double[] x : points) {
            farthest = Math.max(farthest, Dense.dot(x, x));
        }
        return farthest;
    }

    private final class AtPoints implements Trace {
        private final Array points;
        private final double[][] x;
        private final double[] four; // [n, n, n, n]
        private final double farthest;
        private final @Nullable Trace features;

        AtPoints(Array points) {
            this.points = points;
            int n = points.dim(0);
            x = rows(points);
            farthest = farthest(x);
            features = enough(points, farthest);
            four = new double[n * n * n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    for (int k = 0; k <= j; k++) {
                        for (int l = 0; l <= k; l++) {
                            fill(fourPoints(x[i], x[j], x[k], x[l]), i, j, k, l);
                        }
                    }
                }
            }
        }

        /// All orders of four indices.
        private void fill(double value, int... index) {
            for (int a = 0; a < 4; a++) {
                for (int b = 0; b < 4; b++) {
                    for (int c = 0; c < 4; c++) {
                        int d = 6 - a - b - c;
                        if (a != b && a != c && b != c) {
                            four[at(at(at(index[a], index[b]), index[c]), index[d])] = value;
                        }
                    }
                }
            }
        }

        private int at(int row, int column) {
            return row * x.length + column;
        }

        @Override
        public Lp norm() {
            return new Lp(4.0 / 3);
        }

        @Override
        public int size() {
            return x.length;
        }

        /// `Σₖₗ cₖcₗ K₄(i, j, k, l)`.
        private double[] twice(double[] c) {
            int n = x.length;
            double[] out = new double[n * n];
            for (int ij = 0; ij < n * n; ij++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    double inner = 0;
                    for (int l = 0; l < n; l++) {
                        inner += c[l] * four[at(at(ij, k), l)];
                    }
                    sum += c[k] * inner;
                }
                out[ij] = sum;
            }
            return out;
        }

        /// `N⁴`; writes `Σⱼₖₗ cⱼcₖcₗ K₄(i, j, k, l)`.
        private double fourth(double[] c, double[] thrice) {
            int n = x.length;
            double[] m = twice(c);
            double fourth = 0;
            for (int i = 0; i < n; i++) {
                thrice[i] = 0;
                for (int j = 0; j < n; j++) {
                    thrice[i] += m[at(i, j)] * c[j];
                }
                fourth += c[i] * thrice[i];
            }
            return fourth;
        }

        @Override
        public double energy(double[] c, double[] values) {
            Trace features = cancels(c);
            return features == null ? summed(c, values) : features.energy(c, values);
        }

        /// The features, where there are some and the fourth moments lose digits; else null.
        private @Nullable Trace cancels(double[] c) {
            if (features == null) {
                return null;
            }
            double[] values = new double[x.length];
            return lost(c, values) > KEPT * summed(c, values) ? features : null;
        }

        private double summed(double[] c, double[] values) {
            int n = x.length;
            double square = Math.sqrt(Math.max(0, fourth(c, values))); // N²
            for (int i = 0; i < n; i++) {
                values[i] = square == 0 ? 0 : values[i] / square;
            }
            return square / 2;
        }

        @Override
        public double rounding(double[] c, double[] values) {
            return cancels(c) == null ? lost(c, values) : Trace.super.rounding(c, values);
        }

        /// Hölder's inequality bounds every sum by its points' sizes `kᵢ = K₄(i, i, i, i)^¼`: `N⁴`
        /// and its slopes are off by at most γS⁴ and `γS³kᵢ`, `S = Σ |cᵢ| kᵢ`, and `|f(xᵢ)| ≤ N
        /// kᵢ`.
        private double lost(double[] c, double[] values) {
            int n = x.length;
            double[] size = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                size[i] = Math.sqrt(Math.sqrt(four[at(at(at(i, i), i), i)]));
                sum += Math.abs(c[i]) * size[i];
            }
            int d = points.dim(1);
            // Four sums of n terms; of K₄, d factors whose arguments have five roundings, and the
            // logarithm of ₀F₁ a slope of √t, in all at most c‖x‖².
            double roundings = 4 * n + 8 + 10 * (d + Math.abs(scale.value(d)) * farthest);
            double slope = roundings * 0x1p-53 * sum * sum * sum; // of N⁴, over 4kᵢ
            double[] thrice = new double[n];
            double fourth = fourth(c, thrice);
            double least = Math.sqrt(Math.max(0, fourth - slope * sum)); // N² is between
            double most = Math.sqrt(fourth + slope * sum);
            double here = Math.sqrt(Math.max(0, fourth));
            for (int i = 0; i < n; i++) {
                double value = here == 0 ? 0 : Math.abs(thrice[i]) / here;
                double atMost = value + Math.sqrt(most) * size[i];
                double off =
                        slope * size[i] / least
                                + Math.abs(thrice[i]) * (most - least) / (least * most);
                values[i] = least > 0 ? Math.min(off, atMost) : atMost;
            }
            return (most - least) / 2;
        }

        /// `3 M/N² - 2 f fᵀ/N²`, `M` as in [#twice].
        @Override
        public Array curvature(double[] c) {
            Trace features = cancels(c);
            if (features != null) {
                return features.curvature(c);
            }
            int n = x.length;
            double[] f = new double[n];
            double square = 2 * summed(c, f);
            if (square == 0) {
                return gram();
            }
            double[] m = twice(c);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    m[at(i, j)] = (3 * m[at(i, j)] - 2 * f[i] * f[j]) / square;
                }
            }
            return Array.of(Shape.of(n, n), m);
        }

        @Override
        public Array gram() {
            return kernel(points, points);
        }

        @Override
        public double[] extend(double[] c, Array others) {
            int n = x.length;
            double[][] y = rows(others);
            if (cancels(c) != null) {
                double mean = Math.pow(Math.pow(farthest, 3) * farthest(y), 0.25);
                Trace all = enough(points, Math.max(farthest, mean));
                if (all != null) {
                    return all.extend(c, others);
                }
            }
            double square = 2 * summed(c, new double[n]);
            double[] out = new double[y.length];
            for (int o = 0; o < y.length && square > 0; o++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        for (int k = 0; k <= j; k++) {
                            double orders = i == k ? 1 : i == j || j == k ? 3 : 6;
                            double product = orders * c[i] * c[j] * c[k];
                            out[o] += product * fourPoints(y[o], x[i], x[j], x[k]);
                        }
                    }
                }
                out[o] /= square;
            }
            return out;
        }
    }

    private static double[][] rows(Array points) {
        int d = points.dim(1);
        double[] all = points.toDoubles();
        double[][] rows = new double[points.dim(0)][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(all, i * d, (i + 1) * d);
        }
        return rows;
    }
}
