package nonmercer.spectral;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `ω = μ + Lᵀε`, `ε ~ N(0, I)`: normal frequencies with covariance `LᵀL`, of one scale, one scale
/// a coordinate, or full, for each head or for all.
///
/// `E cos(ω·t) = exp(−‖L t‖²/2) cos(μ·t)`, `E exp(ω·z) = exp(μ·z + ‖L z‖²/2)`. Mean 0 and unit
/// covariance give the Gaussian kernel `exp(−‖x − y‖²/2)`.
///
/// @param mean `[heads, d]`, or `[1, d]`
public record Gaussian(Numbers mean, Spread spread) implements SpectralLaw {
    /// Refuses a mean and a covariance of different numbers of heads.
    public Gaussian {
        Heads.check(mean.value(), spread);
    }

    /// `N(0, I)` in `d` coordinates, never trained.
    public static Gaussian standard(int d) {
        return isotropic(d, 1);
    }

    /// `N(0, sd² I)`, never trained.
    public static Gaussian isotropic(int d, double sd) {
        return new Gaussian(
                zeros(d), new Spread.Isotropic(Numbers.fixed(Array.vector(2 * Math.log(sd)))));
    }

    /// One trained scale a head, starting at `N(0, I)`: the lengthscale of a Gaussian kernel.
    public static Gaussian trainedScale(int heads, int d, DType dtype) {
        return new Gaussian(
                zeros(d),
                new Spread.Isotropic(Numbers.trained(Array.zeros(dtype, Shape.of(heads)))));
    }

    /// A trained mean and a trained scale for each coordinate and head: as GMM-PRF is released,
    /// with means uniform in `±1/√d` and `λ` uniform in `±√(6/(heads + d))` (Chowdhury et al.
    /// 2022).
    public static Gaussian trainedDiagonal(int heads, int d, DType dtype, RandomStream stream) {
        return new Gaussian(
                mean(heads, d, dtype, stream),
                new Spread.Diagonal(
                        uniform(
                                Math.sqrt(6.0 / (heads + d)),
                                stream.at("variance"),
                                dtype,
                                heads,
                                d)));
    }

    /// A trained mean and a trained full factor for each head: as GMM-RKS is released, with means
    /// uniform in `±1/√d` and factors in `±√(6/((heads + d) d))`, so that attention starts nearly
    /// uniform (Chowdhury et al. 2022).
    public static Gaussian trainedFull(int heads, int d, DType dtype, RandomStream stream) {
        return new Gaussian(
                mean(heads, d, dtype, stream),
                new Spread.Full(
                        uniform(
                                Math.sqrt(6.0 / ((double) (heads + d) * d)),
                                stream.at("factor"),
                                dtype,
                                heads,
                                d,
                                d)));
    }

    private static Numbers zeros(int d) {
        return Numbers.fixed(Array.zeros(DType.FLOAT64, Shape.of(1, d)));
    }

    private static Numbers mean(int heads, int d, DType dtype, RandomStream stream) {
        return uniform(1 / Math.sqrt(d), stream.at("mean"), dtype, heads, d);
    }

    private static Numbers uniform(double bound, RandomStream stream, DType dtype, int... extents) {
        Array a = Array.zeros(dtype, Shape.of(extents));
        stream.fillUniform(a, -bound, bound);
        return Numbers.trained(a);
    }

    /// The same law with both signs of the mean, from one noise.
    public GaussianPairs paired() {
        return new GaussianPairs(mean, spread);
    }

    /// Whether this is `N(0, I)` for all heads.
    public boolean isStandard() {
        double[] origin = mean.value().toDoubles();
        for (double m : origin) {
            if (m != 0) {
                return false;
            }
        }
        return mean.parameters().isEmpty()
                && spread.parameters().isEmpty()
                && spread.covariance().equals("I");
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
        return coupling.draw(m, dimension(), stream);
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        Noise.Rows rows = Heads.rows(noise);
        Tensor centred = spread.of(Tensor.of(rows.normal().cast(dtype)), pass);
        Tensor mu = mean.of(dtype, pass);
        return Heads.frequencies(centred.add(mu.reshape(mu.dim(0), 1, mu.dim(1))), rows.weights());
    }

    /// `μ·t` for a head.
    double meanAlong(int head, double... t) {
        return Heads.dot(mean.value(), head, t);
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        check(t);
        return OptionalDouble.of(
                Math.exp(-spread.variance(head, t) / 2) * Math.cos(meanAlong(head, t)));
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        check(z);
        return OptionalDouble.of(meanAlong(head, z) + spread.variance(head, z) / 2);
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        return Optional.of(Heads.secondMoments(mean.value(), spread, head));
    }

    @Override
    public Optional<PairLaw> pairs(Coupling coupling) {
        return Optional.of(
                new PairLaw() {
                    @Override
                    public long dependent(int m) {
                        return coupling.dependent(m, dimension());
                    }

                    @Override
                    public OptionalDouble exp(int head, int sign, double... z) {
                        double shift = Math.exp((1 + sign) * meanAlong(head, z));
                        return Heads.times(
                                shift, coupling.pair(sign, dimension(), spread.variance(head, z)));
                    }

                    @Override
                    public OptionalDouble cos(int head, int sign, double... t) {
                        double turn = Math.cos((1 + sign) * meanAlong(head, t));
                        return Heads.times(
                                turn, coupling.pair(sign, dimension(), -spread.variance(head, t)));
                    }
                });
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(mean.parameters().stream(), spread.parameters().stream()).toList();
    }

    @Override
    public String formula() {
        boolean centred =
                mean instanceof Numbers.Fixed(Array m)
                        && java.util.Arrays.stream(m.toDoubles()).allMatch(x -> x == 0);
        return "ω ~ N(" + (centred ? "0" : "μ") + ", " + spread.covariance() + ")";
    }
}
