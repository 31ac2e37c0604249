package nonmercer.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `Σ_c π_c N(0, s_c I)` with weights of either sign and a density that is nowhere negative, such
/// as `1.2 N(0, 1) − 0.2 N(0, 0.6)`: `E cos(ω·t) = Σ π_c e^(−s_c ‖t‖²/2)`.
///
/// A negative weight is no defect, a negative density is: its transform is no positive definite
/// kernel (Bochner 1932). The constructor decides it from the critical points of the density, which
/// a sum of exponentials has at most one fewer of than terms. Frequencies are drawn from the
/// positive part and thinned.
///
/// @param parts by falling variance, their weights of sum 1
public record SignedMixture(int dimension, List<Part> parts) implements SpectralLaw {
    private static final int MOST = 100_000;

    /// A weight of either sign, and a variance.
    public record Part(double weight, double variance) {}

    /// Sorts the parts and divides their weights by their sum.
    ///
    /// @throws IllegalArgumentException if the density is negative somewhere; the message says at
    ///   which length of a frequency
    public SignedMixture {
        parts = sorted(parts);
        refuseNegative(terms(dimension, parts));
    }

    /// The law with these weights, which are divided by their sum, and variances.
    ///
    /// @throws IllegalArgumentException if the density is negative somewhere
    public static SignedMixture of(int d, double[] weights, double[] variances) {
        if (weights.length != variances.length) {
            throw new IllegalArgumentException(
                    "a signed mixture takes as many weights as variances, got "
                            + weights.length
                            + " and "
                            + variances.length);
        }
        List<Part> parts = new ArrayList<>();
        for (int c = 0; c < weights.length; c++) {
            parts.add(new Part(weights[c], variances[c]));
        }
        return new SignedMixture(d, parts);
    }

    private static List<Part> sorted(List<Part> parts) {
        TreeMap<Double, Double> merged = new TreeMap<>(Comparator.reverseOrder());
        double sum = 0;
        for (Part p : parts) {
            if (!(p.variance > 0) || !Double.isFinite(p.weight / p.variance)) {
                throw new IllegalArgumentException(
                        "a signed mixture takes finite weights and positive variances, got " + p);
            }
            merged.merge(p.variance, p.weight, Double::sum);
            sum += p.weight;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException(
                    "the weights of a signed mixture have a positive sum, got " + sum);
        }
        double total = sum;
        return merged.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Part(e.getValue() / total, e.getKey()))
                .toList();
    }

    /// The density over that of the widest component's exponential, at `u = ‖ω‖²`: `Σ a_c e^(−b_c
    /// u)`, `b` ascending from 0.
    private static double[][] terms(int d, List<Part> parts) {
        double widest = parts.getFirst().variance;
        double[][] terms = new double[2][parts.size()];
        for (int c = 0; c < parts.size(); c++) {
            Part p = parts.get(c);
            terms[0][c] = p.weight * Math.pow(p.variance / widest, -d / 2.0);
            terms[1][c] = 0.5 / p.variance - 0.5 / widest;
        }
        return terms;
    }

    private static void refuseNegative(double[][] t) {
        double[] critical = roots(slopes(t[0], t[1]), t[1]);
        double least = t[0][0]; // for long frequencies
        double at = Double.POSITIVE_INFINITY;
        double size = 0;
        for (double a : t[0]) {
            size += Math.abs(a);
        }
        for (int i = -1; i < critical.length; i++) {
            double u = i < 0 ? 0 : critical[i];
            double f = value(t[0], t[1], u);
            at = f < least ? u : at;
            least = Math.min(least, f);
        }
        if (least < -1e-13 * size) {
            throw new IllegalArgumentException(
                    "the density of a spectral law is nowhere negative; this one is at |ω| = "
                            + Math.sqrt(at)
                            + ", so that its transform is no positive definite kernel");
        }
    }

    /// The coefficients of the slope.
    private static double[] slopes(double[] a, double[] b) {
        double[] s = new double[a.length];
        for (int c = 0; c < a.length; c++) {
            s[c] = -a[c] * b[c];
        }
        return s;
    }

    private static double value(double[] a, double[] b, double u) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * Math.exp(-b[c] * u);
        }
        return sum;
    }

    /// The zeros of `Σ a_c e^(−b_c u)`, `u ≥ 0`: between two zeros of the slope of what is left
    /// when the first exponential is divided out, which has a term fewer, there is at most one.
    private static double[] roots(double[] a, double... b) {
        int first = 0;
        while (first < a.length && a[first] == 0) {
            first++;
        }
        int n = a.length - first;
        if (n < 2) {
            return new double[0];
        }
        double[] rest = new double[n];
        double[] rates = new double[n];
        for (int c = 0; c < n; c++) {
            rest[c] = a[first + c];
            rates[c] = b[first + c] - b[first];
        }
        double end = (Math.log(n) + 80) / rates[1] + 80;
        double[] inner = roots(slopes(rest, rates), rates);
        double[] found = new double[inner.length + 1];
        int count = 0;
        double low = 0;
        for (int i = 0; i <= inner.length; i++) {
            double high = i < inner.length ? inner[i] : Math.max(end, 2 * low);
            if (value(rest, rates, low) > 0 != value(rest, rates, high) > 0) {
                found[count++] = zero(u -> value(rest, rates, u), low, high);
            }
            low = high;
        }
        return Arrays.copyOf(found, count);
    }

    private static double zero(DoubleUnaryOperator f, double low, double high) {
        boolean sign = f.applyAsDouble(low) > 0;
        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
            double mid = (low + high) / 2;
            if (f.applyAsDouble(mid) > 0 == sign) {
                low = mid;
            } else {
                high = mid;
            }
        }
        return low;
    }

    @Override
    public int heads() {
        return 1;
    }

    /// Draws from the positive part, and keeps a frequency with the probability density over
    /// positive part: one in `Σ π_c` over the positive weights.
    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        if (!(coupling instanceof Coupling.Independent)) {
            throw new IllegalArgumentException(
                    "a signed mixture is drawn by rejection: its frequencies are independent, not "
                            + coupling);
        }
        double[] all = new double[m * dimension];
        for (int i = 0; i < m; i++) {
            draw(stream.at(i), all, i * dimension);
        }
        return new Noise.Rows(
                Array.of(Shape.of(m, dimension), all), Array.vector(), Array.vector());
    }

    private void draw(RandomStream stream, double[] to, int at) {
        double positive = parts.stream().mapToDouble(p -> Math.max(0, p.weight)).sum();
        double[][] t = terms(dimension, parts);
        for (int attempt = 0; attempt < MOST; attempt++) {
            double sd = Math.sqrt(pick(stream.nextDouble() * positive).variance);
            double square = 0;
            for (int l = 0; l < dimension; l++) {
                to[at + l] = sd * stream.nextGaussian();
                square += to[at + l] * to[at + l];
            }
            double above = 0;
            for (int c = 0; c < t[0].length; c++) {
                above += Math.max(0, t[0][c]) * Math.exp(-t[1][c] * square);
            }
            if (stream.nextDouble() * above < value(t[0], t[1], square)) {
                return;
            }
        }
        throw new IllegalStateException(
                "a signed mixture kept none of " + MOST + " frequencies: its weights cancel");
    }

    /// The part of positive weight in whose share this number falls.
    private Part pick(double share) {
        Part last = parts.getFirst();
        double left = share;
        for (Part p : parts) {
            if (p.weight > 0) {
                last = p;
                if (left < p.weight) {
                    return p;
                }
                left -= p.weight;
            }
        }
        return last;
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        Array rows = Heads.rows(noise).normal();
        return Frequencies.of(Tensor.of(rows.cast(dtype)).reshape(1, rows.dim(0), rows.dim(1)));
    }

    private double sum(DoubleUnaryOperator ofVariance) {
        return parts.stream()
                .mapToDouble(p -> p.weight * ofVariance.applyAsDouble(p.variance))
                .sum();
    }

    private static double square(double... t) {
        double sum = 0;
        for (double x : t) {
            sum += x * x;
        }
        return sum;
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        check(t);
        return OptionalDouble.of(sum(s -> Math.exp(-s * square(t) / 2)));
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        check(z);
        double most = parts.getFirst().variance * square(z) / 2;
        return OptionalDouble.of(most + Math.log(sum(s -> Math.exp(s * square(z) / 2 - most))));
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        double[][] moments = new double[dimension][dimension];
        for (int l = 0; l < dimension; l++) {
            moments[l][l] = sum(s -> s);
        }
        return Optional.of(moments);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public String formula() {
        StringBuilder out = new StringBuilder("ω ~ ");
        for (Part p : parts) {
            String sign = p.weight < 0 ? " − " : out.length() > 4 ? " + " : "";
            out.append(sign).append(Math.abs(p.weight)).append(" N(0, ");
            out.append(p.variance).append(" I)");
        }
        return out.toString();
    }
}
