package nonmercer.spectral;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `ω± = Lᵀε ± μ`, both signs from one noise: the symmetrised [Gaussian] law, as GMM-RKS is
/// released (Chowdhury et al. 2022).
///
/// `E cos(ω·t) = exp(−‖L t‖²/2) cos(μ·t)`, as without pairing; the mean of a pair is `cos g · cos
/// c` with `g ~ N(0, s²)`, `s = ‖L t‖`, `c = μ·t`, of variance `cos²c (1 − e^(−s²))²/2`, against
/// `((1 + e^(−2s²) cos 2c)/2 − e^(−s²) cos² c)/2` for two independent frequencies.
public record GaussianPairs(Numbers mean, Spread spread) implements SpectralLaw {
    /// Refuses a mean and a covariance of different numbers of heads.
    public GaussianPairs {
        Heads.check(mean.value(), spread);
    }

    @Override
    public int dimension() {
        return mean.value().dim(1);
    }

    @Override
    public int heads() {
        return Math.max(mean.value().dim(0), spread.heads());
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        if (m % 2 != 0) {
            throw new IllegalArgumentException(
                    "frequencies in pairs come in even numbers, got " + m);
        }
        return coupling.draw(m / 2, dimension(), stream);
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        Noise.Rows rows = Heads.rows(noise);
        Tensor centred = spread.of(Tensor.of(rows.normal().cast(dtype)), pass);
        Tensor mu = mean.of(dtype, pass);
        Tensor shift = mu.reshape(mu.dim(0), 1, mu.dim(1));
        Tensor both = Tensor.concat(-2, List.of(centred.add(shift), centred.sub(shift)));
        if (rows.weights().size() == 0) {
            return Frequencies.of(both);
        }
        Tensor w = Tensor.of(rows.weights().cast(dtype)).log().plus(-Math.log(2));
        Tensor one = w.reshape(1, rows.count());
        return Frequencies.weighted(both, Tensor.concat(-1, List.of(one, one)));
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        return new Gaussian(mean, spread).characteristic(head, t);
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        check(z);
        double c = Math.abs(Heads.dot(mean.value(), head, z));
        double logCosh = c + Math.log1p(Math.exp(-2 * c)) - Math.log(2);
        return OptionalDouble.of(logCosh + spread.variance(head, z) / 2);
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        return Optional.of(Heads.secondMoments(mean.value(), spread, head));
    }

    /// The two of a pair, `(ω + ω′) = 2 Lᵀε` and `(ω − ω′) = ±2μ`, where the noises are
    /// independent.
    @Override
    public Optional<PairLaw> pairs(Coupling coupling) {
        if (!(coupling instanceof Coupling.Independent)) {
            return Optional.empty();
        }
        return Optional.of(
                new PairLaw() {
                    @Override
                    public long dependent(int m) {
                        return m;
                    }

                    @Override
                    public OptionalDouble exp(int head, int sign, double... z) {
                        return OptionalDouble.of(
                                sign > 0
                                        ? Math.exp(2 * spread.variance(head, z))
                                        : Math.cosh(2 * Heads.dot(mean.value(), head, z)));
                    }

                    @Override
                    public OptionalDouble cos(int head, int sign, double... t) {
                        return OptionalDouble.of(
                                sign > 0
                                        ? Math.exp(-2 * spread.variance(head, t))
                                        : Math.cos(2 * Heads.dot(mean.value(), head, t)));
                    }
                });
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(mean.parameters().stream(), spread.parameters().stream()).toList();
    }

    @Override
    public String formula() {
        return "ω ~ N(±μ, " + spread.covariance() + ") in pairs";
    }
}
