package nonmercer.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// `Σ_c π_c ρ_c`: a mixture of laws, and so of kernels, `k = Σ_c π_c k_c`; `π = softmax(logits)`.
///
/// Each component gets its share of the frequencies, weighted by `π_c` over their number, so that
/// the weights are learned without drawing from them. With enough Gaussian components it comes as
/// near as one likes to any stationary kernel. The mean of the *attentions* of the components is
/// something else, since each of those is normalised by itself.
///
/// @param components laws of one dimension
/// @param logits `[heads, components]`, or `[1, components]`
public record Mixture(List<SpectralLaw> components, Numbers logits) implements SpectralLaw {
    /// Copies the list; refuses components that do not fit together.
    public Mixture {
        components = List.copyOf(components);
        if (components.isEmpty()
                || logits.value().shape().rank() != 2
                || logits.value().dim(1) != components.size()) {
            throw new IllegalArgumentException(
                    "a mixture takes one or more laws and logits [heads, laws], got "
                            + components.size()
                            + " laws and logits "
                            + logits.value().shape());
        }
        int d = components.getFirst().dimension();
        for (SpectralLaw c : components) {
            if (c.dimension() != d) {
                throw new IllegalArgumentException(
                        "the laws of a mixture have one dimension, got "
                                + d
                                + " and "
                                + c.dimension());
            }
        }
    }

    /// Fixed weights, which are divided by their sum.
    ///
    /// @throws IllegalArgumentException if a weight is not positive: the density of the mixture
    ///   could then be negative, and its transform no positive definite kernel
    public static Mixture of(List<SpectralLaw> components, double... weights) {
        double[] logits = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "the weights of a mixture of laws are positive, got " + weights[i]);
            }
            logits[i] = Math.log(weights[i]);
        }
        return new Mixture(
                components, Numbers.fixed(Array.of(Shape.of(1, weights.length), logits)));
    }

    /// `C` Gaussians a head with trained means, scales a coordinate and weights, the weights equal
    /// at first.
    public static Mixture trainedDiagonal(
            int components, int heads, int d, DType dtype, RandomStream stream) {
        List<SpectralLaw> laws = new ArrayList<>();
        for (int c = 0; c < components; c++) {
            laws.add(Gaussian.trainedDiagonal(heads, d, dtype, stream.at(c)));
        }
        return new Mixture(laws, Numbers.trained(Array.zeros(dtype, Shape.of(heads, components))));
    }

    @Override
    public int dimension() {
        return components.getFirst().dimension();
    }

    @Override
    public int heads() {
        return components.stream()
                .mapToInt(SpectralLaw::heads)
                .reduce(logits.value().dim(0), Math::max);
    }

    /// `π` of a head.
    public double[] weights(int head) {
        int n = components.size();
        double[] w = new double[n];
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int c = 0; c < n; c++) {
            w[c] = logits.value().get(head % logits.value().dim(0), c);
            most = Math.max(most, w[c]);
        }
        for (int c = 0; c < n; c++) {
            w[c] = Math.exp(w[c] - most);
            sum += w[c];
        }
        for (int c = 0; c < n; c++) {
            w[c] /= sum;
        }
        return w;
    }

    /// How many of `m` frequencies each component gets: as equal as can be, and even numbers where
    /// `m` is even and there are two for each.
    public int[] shares(int m) {
        int n = components.size();
        if (m < n) {
            throw new IllegalArgumentException(
                    "a mixture of " + n + " laws needs as many frequencies at least, got " + m);
        }
        int unit = m % 2 == 0 && m >= 2 * n ? 2 : 1;
        int units = m / unit;
        return IntStream.range(0, n)
                .map(c -> unit * (units / n + (c < units % n ? 1 : 0)))
                .toArray();
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        int[] shares = shares(m);
        return new Noise.Parts(
                IntStream.range(0, shares.length)
                        .mapToObj(c ->
                                components
                                        .get(c)
                                        .noise(coupling, shares[c], stream.at("component").at(c)))
                        .toList());
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        if (!(noise instanceof Noise.Parts parts) || parts.parts().size() != components.size()) {
            throw new IllegalArgumentException(
                    "this noise was not drawn by this mixture; draw it with law.noise");
        }
        int h = heads();
        Tensor l = logits.of(dtype, pass);
        Tensor logPi = l.sub(l.logSumExp().reshape(l.dim(0), 1)); // [h or 1, components]
        List<Tensor> omega = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        for (int c = 0; c < components.size(); c++) {
            Frequencies f = components.get(c).frequencies(parts.parts().get(c), dtype, pass);
            int m = f.count();
            omega.add(f.dense().broadcastTo(Shape.of(h, m, dimension())));
            Tensor own = logPi.slice(1, c, c + 1);
            Tensor w =
                    f.logWeights().isPresent()
                            ? own.add(f.logWeights().get().reshape(f.heads(), m))
                            : own.plus(-Math.log(m));
            weights.add(w.broadcastTo(Shape.of(h, m)));
        }
        return Frequencies.weighted(Tensor.concat(1, omega), Tensor.concat(1, weights));
    }

    private OptionalDouble mean(
            int head, ToDoubleFunction<OptionalDouble> value, List<OptionalDouble> all) {
        double[] w = weights(head);
        double sum = 0;
        for (int c = 0; c < w.length; c++) {
            if (all.get(c).isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += w[c] * value.applyAsDouble(all.get(c));
        }
        return OptionalDouble.of(sum);
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        return mean(
                head,
                OptionalDouble::getAsDouble,
                components.stream().map(c -> c.characteristic(head, t)).toList());
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        List<OptionalDouble> all = components.stream().map(c -> c.logMgf(head, z)).toList();
        double most =
                all.stream()
                        .mapToDouble(x -> x.orElse(Double.NEGATIVE_INFINITY))
                        .max()
                        .orElseThrow();
        if (Double.isInfinite(most)) {
            return all.stream().allMatch(OptionalDouble::isPresent)
                    ? OptionalDouble.of(most)
                    : OptionalDouble.empty();
        }
        OptionalDouble shifted = mean(head, x -> Math.exp(x.getAsDouble() - most), all);
        return shifted.isPresent()
                ? OptionalDouble.of(most + Math.log(shifted.getAsDouble()))
                : shifted;
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        double[] w = weights(head);
        int d = dimension();
        double[][] sum = new double[d][d];
        for (int c = 0; c < w.length; c++) {
            Optional<double[][]> s = components.get(c).secondMoments(head);
            if (s.isEmpty()) {
                return s;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    sum[i][j] += w[c] * s.get()[i][j];
                }
            }
        }
        return Optional.of(sum);
    }

    @Override
    public boolean unbiased(Coupling coupling) {
        return components.stream().allMatch(c -> c.unbiased(coupling));
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(
                        components.stream().flatMap(c -> c.parameters().stream()),
                        logits.parameters().stream())
                .toList();
    }

    @Override
    public String formula() {
        return "ω ~ Σ π_c ρ_c over "
                + String.join(
                        "; ", components.stream().map(SpectralLaw::formula).distinct().toList());
    }
}
