package nonmercer.spectral;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.random.RandomStream;

/// A probability distribution of frequencies `ω ∈ ℝᵈ`, shared by all heads or one for each.
///
/// It stands for two positive definite kernels: `E cos(ω·(x − y))`, stationary (Bochner 1932; only
/// the symmetrised law matters), and `E exp(ω·(x + y))`, exponentially convex (Widder 1946). A law
/// is reparametrised: frequencies are a differentiable function of its parameters and of explicit
/// [Noise], so that a law can be learned through fixed noise.
///
/// A law is a record, so that a [nonmercer.autodiff.ParameterTree] finds its parameters.
public interface SpectralLaw {
    /// The number of coordinates of a frequency.
    int dimension();

    /// The number of heads that have a law of their own; 1 for one law shared by all.
    int heads();

    /// Draws the noise of `m` frequencies. The same stream gives the same noise.
    ///
    /// @throws IllegalArgumentException if this law cannot have so many frequencies, or not with
    ///   this coupling
    Noise noise(Coupling coupling, int m, RandomStream stream);

    /// The frequencies that this noise stands for.
    Frequencies frequencies(Noise noise, DType dtype, Pass pass);

    /// `E cos(ω·t)` under the law of a head, if it has a closed form.
    default OptionalDouble characteristic(int head, double... t) {
        return OptionalDouble.empty();
    }

    /// `ln E exp(ω·z)` under the law of a head, if it has a closed form; infinite where the
    /// expectation is.
    default OptionalDouble logMgf(int head, double... z) {
        return OptionalDouble.empty();
    }

    /// `E ω ωᵀ` under the law of a head, if it is known and finite.
    default Optional<double[][]> secondMoments(int head) {
        return Optional.empty();
    }

    /// A bound on every coordinate `|ωₗ|`, if the law has one: its stationary kernel then has
    /// slopes of at most `√d` times that.
    default OptionalDouble supportBound() {
        return OptionalDouble.empty();
    }

    /// What is known of the variance of an entry beyond independence of the frequencies.
    default Optional<PairLaw> pairs(Coupling coupling) {
        return Optional.empty();
    }

    /// Whether `ω` has exactly this law with this coupling, so that features are unbiased.
    default boolean unbiased(Coupling coupling) {
        return coupling.exact();
    }

    /// The trained parameters.
    List<Parameter> parameters();

    /// The number of trained numbers.
    default long parameterCount() {
        return parameters().stream().mapToLong(p -> p.shape().size()).sum();
    }

    /// The law in symbols, such as `ω ~ N(0, I)`.
    String formula();

    /// Refuses a vector of other than `d` coordinates.
    default void check(double... t) {
        if (t.length != dimension()) {
            throw new IllegalArgumentException(
                    "a spectral law in "
                            + dimension()
                            + " coordinates was given a vector of "
                            + t.length);
        }
    }
}
