package nonmercer.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Logarithms;
import nonmercer.kernel.Projected;
import nonmercer.spectral.Frequencies;
import nonmercer.spectral.Noise;

/// Random features with their frequencies, and with what was fitted to the data, for one
/// application.
record Ready(RandomFeatures features, Frequencies frequencies, Change change)
        implements FeatureMap {
    /// Without data.
    ///
    /// @throws IllegalStateException if the features need them
    static Ready unfitted(
            RandomFeatures f, Noise noise, NoisePolicy policy, String name, Tensor x, Pass pass) {
        if (f.fitsData()) {
            throw new IllegalStateException(
                    "these features are fitted to queries and keys together: call"
                            + " map.fitted(q, k, pass) and ask the result");
        }
        return new Ready(f, f.frequencies(noise, policy, name, x.dtype(), pass), Change.none(f));
    }

    /// Fitted to queries and keys `[…, n, d]`, separately for each of the outer axes.
    static Ready fitted(
            RandomFeatures f,
            Noise noise,
            NoisePolicy policy,
            String name,
            Tensor q,
            Tensor k,
            Pass pass) {
        return new Ready(
                f,
                f.frequencies(noise, policy, name, q.dtype(), pass),
                f.fitsData()
                        ? Change.fit(f, scaled(f, q, pass), scaled(f, k, pass))
                        : Change.none(f));
    }

    @Override
    public int dimension(int d) {
        return features.dimension();
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return waves(change.query(scaled(q, pass)));
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return waves(change.key(scaled(k, pass)));
    }

    @Override
    public Optional<String> normaliserRisk() {
        return features.normaliserRisk();
    }

    /// `√c x`.
    Tensor scaled(Tensor x, Pass pass) {
        return scaled(features, x, pass);
    }

    private static Tensor scaled(RandomFeatures f, Tensor x, Pass pass) {
        if (x.dim(-1) != f.law().dimension()) {
            throw new IllegalArgumentException(
                    "features of frequencies in "
                            + f.law().dimension()
                            + " coordinates were given "
                            + x.shape());
        }
        return f.scale() instanceof Coefficient.Trained t
                ? x.mul(pass.use(t.log()).scale(0.5).exp())
                : x.scale(Math.sqrt(f.scale().value(x.dim(-1))));
    }

    /// Positive features as projections; empty where they are fitted to the data.
    ///
    /// A fixed scale goes into the frequencies, so that queries and keys stay as they are.
    Optional<Projected> projected(Tensor q, Tensor k, Pass pass) {
        if (features.fitsData()) {
            return Optional.empty();
        }
        Tensor w = frequencies.dense(); // [h, m, d]
        Optional<Tensor> c =
                frequencies.logWeights().map(l -> l.reshape(w.dim(0), w.dim(1)).scale(0.5));
        boolean trained = features.scale() instanceof Coefficient.Trained;
        double scale = trained ? 1 : features.scale().value(q.dim(-1));
        double norm = scale * (features.component().target() == Target.SOFTMAX ? 0.5 : 1);
        Tensor x = trained ? scaled(q, pass) : q;
        Tensor y = trained ? scaled(k, pass) : k;
        Tensor omega = w.scale(Math.sqrt(scale));
        return switch (features.component()) {
            case Component.Positive p -> Optional.of(new Projected(x, y, omega, c, norm));
            case Component.Hyperbolic h ->
                    Optional.of(
                            new Projected(
                                    x,
                                    y,
                                    Tensor.concat(1, List.of(omega, omega.neg())),
                                    c.map(a -> Tensor.concat(1, List.of(a, a))),
                                    norm));
            case Component.OptimalPositive o -> {
                Tensor squares = w.square().sum(-1).scale(o.a()); // [h, m]
                Tensor constants = c.map(squares::add).orElse(squares);
                Tensor wide = omega.scale(Math.sqrt(1 - 4 * o.a()));
                yield Optional.of(new Projected(x, y, wide, Optional.of(constants), norm));
            }
            case Component.Trigonometric t -> Optional.empty();
        };
    }

    /// The logarithms of positive features.
    Logarithms logarithms(Change.Point p) {
        Tensor u = frequencies.project(p.x()); // [..., n, m]
        return switch (features.component()) {
            case Component.Positive(Target t) -> weighted(u, offset(p, t));
            case Component.Hyperbolic(Target t) ->
                    weighted(
                            Tensor.concat(-1, List.of(u, u.neg())),
                            offset(p, t).plus(-Math.log(2) / 2));
            case Component.OptimalPositive o -> {
                Tensor a = change.a().cast(u.dtype()); // [..., 1, 1]
                Tensor b = a.affine(-4, 1); // 1 - 4A
                Tensor constant = b.log().scale(features.law().dimension() / 4.0);
                yield weighted(
                        u.mul(b.sqrt()).add(a.mul(frequencies.squaredNorms())),
                        offset(p, Target.SOFTMAX).add(constant));
            }
            case Component.Trigonometric t ->
                    throw new IllegalStateException("waves have no logarithm");
        };
    }

    /// Cosines, sines and the constant.
    private Tensor waves(Change.Point p) {
        Component.Trigonometric t = (Component.Trigonometric) features.component();
        Tensor u = frequencies.project(p.x());
        Optional<Tensor> w = frequencies.logWeights();
        Tensor amplitude =
                w.isPresent()
                        ? w.get().scale(0.5).exp()
                        : Tensor.of(Array.scalar(u.dtype(), 1 / Math.sqrt(frequencies.count())));
        if (t.target() == Target.SOFTMAX) {
            Tensor half = p.x().square().sum(-1).scale(0.5);
            Tensor log = half.reshape(half.shape().append(1));
            amplitude = amplitude.mul((p.log() == null ? log : log.add(p.log())).exp());
        }
        List<Tensor> parts = new ArrayList<>();
        parts.add(u.cos().mul(amplitude));
        parts.add(u.sin().mul(amplitude));
        if (t.constant() > 0) {
            parts.add(Tensor.of(Array.full(u.dtype(), u.shape().with(-1, 1), t.constant())));
        }
        return Tensor.concat(-1, parts);
    }

    /// `−h(x) + …`, `[…, n, 1]`.
    private static Tensor offset(Change.Point p, Target target) {
        Tensor h = p.x().square().sum(-1).scale(target == Target.SOFTMAX ? -0.5 : -1);
        Tensor column = h.reshape(h.shape().append(1));
        return p.log() == null ? column : column.add(p.log());
    }

    /// `u + ½ ln w`, and the offset; with equal weights these are part of it.
    private Logarithms weighted(Tensor u, Tensor offset) {
        Optional<Tensor> w = frequencies.logWeights();
        if (w.isEmpty()) {
            return new Logarithms(u, offset.plus(-Math.log(frequencies.count()) / 2));
        }
        Tensor half = w.get().scale(0.5);
        boolean twice = features.component() instanceof Component.Hyperbolic;
        return new Logarithms(u.add(twice ? Tensor.concat(-1, List.of(half, half)) : half), offset);
    }
}
