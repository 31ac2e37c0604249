package nonmercer.spectral;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `ω = √τ Lᵀε`, `ε ~ N(0, I)`: normal frequencies of random length, with heavier tails than
/// normal. `s² = ‖L t‖²` below.
///
/// `STUDENT`, `τ = k/χ²ₖ`: Student's distribution with `k` degrees of freedom; its transform is the
/// Matern kernel with `ν = k/2`, `e^(−s)` at `k = 1`, `(1 + √3 s) e^(−√3 s)` at `k = 3`. It has a
/// second moment from `k = 3` and no moment-generating function. `LAPLACE`, `τ = χ²ₖ/k`: the
/// multivariate Laplace distribution at `k = 2`; its transform is the rational quadratic kernel `(1
/// + s²/k)^(−k/2)`, and `E exp(ω·z) = (1 − s²/k)^(−k/2)` while `s² < k`.
///
/// @param dimension the number of coordinates
/// @param degrees `k`
public record ScaleMixture(Mixing mixing, int degrees, int dimension, Spread spread)
        implements SpectralLaw {
    /// How the squared length is distributed.
    public enum Mixing {
        /// `τ = k/χ²ₖ`.
        STUDENT,
        /// `τ = χ²ₖ/k`.
        LAPLACE
    }

    /// Refuses less than one degree of freedom.
    public ScaleMixture {
        if (degrees < 1) {
            throw new IllegalArgumentException(
                    "a chi-squared number has at least one degree of freedom, got " + degrees);
        }
    }

    /// The law of the Matern kernel with `ν = k/2`, `k` odd, of lengthscale 1.
    public static ScaleMixture matern(int k, int d) {
        return new ScaleMixture(Mixing.STUDENT, k, d, Spread.Isotropic.unit());
    }

    /// The law of the rational quadratic kernel `(1 + ‖t‖²/k)^(−k/2)`.
    public static ScaleMixture rationalQuadratic(int k, int d) {
        return new ScaleMixture(Mixing.LAPLACE, k, d, Spread.Isotropic.unit());
    }

    @Override
    public int heads() {
        return spread.heads();
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        Noise.Rows rows = coupling.draw(m, dimension, stream);
        return new Noise.Rows(
                rows.normal(),
                Heads.chiSquared(m, degrees, stream.at("chi-squared")),
                rows.weights());
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        Noise.Rows rows = Heads.rows(noise);
        int m = rows.count();
        double[] x = rows.normal().toDoubles();
        for (int i = 0; i < m; i++) {
            double chi = rows.chiSquared().at(i);
            double length = Math.sqrt(mixing == Mixing.STUDENT ? degrees / chi : chi / degrees);
            for (int l = 0; l < dimension; l++) {
                x[i * dimension + l] *= length;
            }
        }
        Tensor stretched = Tensor.of(Array.of(rows.normal().shape(), x).cast(dtype));
        return Heads.frequencies(spread.of(stretched, pass), rows.weights());
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        check(t);
        double s2 = spread.variance(head, t);
        return switch (mixing) {
            case LAPLACE -> OptionalDouble.of(Math.pow(1 + s2 / degrees, -degrees / 2.0));
            case STUDENT ->
                    degrees % 2 == 1
                            ? OptionalDouble.of(matern(Math.sqrt(degrees * s2)))
                            : OptionalDouble.empty(); // a Bessel function
        };
    }

    /// `e^(−r) p!/(2p)! Σᵢ (p + i)!/(i! (p − i)!) (2r)^(p−i)` with `k = 2p + 1`.
    private double matern(double r) {
        int p = degrees / 2;
        double term = 1; // of i = p, over (2p)!/p!
        double sum = 1;
        for (int i = p; i > 0; i--) {
            term *= 2 * r * i / ((p + i) * (p - i + 1.0));
            sum += term;
        }
        return Math.exp(-r) * sum;
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        check(z);
        double s2 = spread.variance(head, z);
        if (s2 == 0) {
            return OptionalDouble.of(0);
        }
        return OptionalDouble.of(
                mixing == Mixing.LAPLACE && s2 < degrees
                        ? -degrees / 2.0 * Math.log1p(-s2 / degrees)
                        : Double.POSITIVE_INFINITY);
    }

    /// `E τ LᵀL`, `E τ = k/(k − 2)` for Student's law.
    @Override
    public Optional<double[][]> secondMoments(int head) {
        if (mixing == Mixing.STUDENT && degrees < 3) {
            return Optional.empty();
        }
        double tau = mixing == Mixing.STUDENT ? degrees / (degrees - 2.0) : 1;
        double[][] s =
                Heads.secondMoments(
                        Array.zeros(DType.FLOAT64, nonmercer.array.Shape.of(1, dimension)),
                        spread,
                        head);
        for (double[] row : s) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= tau;
            }
        }
        return Optional.of(s);
    }

    @Override
    public List<Parameter> parameters() {
        return spread.parameters();
    }

    @Override
    public String formula() {
        return "ω ~ √τ N(0, "
                + spread.covariance()
                + "), τ ~ "
                + (mixing == Mixing.STUDENT ? degrees + "/χ²_" : "χ²_")
                + degrees
                + (mixing == Mixing.STUDENT ? "" : "/" + degrees);
    }
}
