package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// How much softmax can move: half of what its logits do, not all of it, as is often quoted.
final class SoftmaxHalvesDistances implements Claim<SoftmaxHalvesDistances.Weights, double[][]> {
    /// The weights of a row of logits.
    interface Weights {
        double[] of(double[] logits);
    }

    @Override
    public String id() {
        return "L7";
    }

    @Override
    public String statement() {
        return "for all logits a, b: ‖softmax(a) - softmax(b)‖ ≤ ½‖a - b‖, attained by (h, -h) and (-h, h) in the limit of small h";
    }

    @Override
    public Source source() {
        return Source.of(
                "Gao & Pavel 2017, Proposition 4",
                "constant 1 there; the Jacobian diag(p) - p pᵀ has norm at most ½, by Gershgorin: 2 pᵢ(1 - pᵢ)");
    }

    @Override
    public String assumes() {
        return "the Euclidean norm on both sides";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Weights>> subjects() {
        return List.of(
                Subject.of(
                        "softmax",
                        a ->
                                Tensor.of(Array.matrix(new double[][] {a}))
                                        .softmax()
                                        .value()
                                        .toDoubles()));
    }

    @Override
    public Cases<double[][]> cases(Weights weights) {
        return Cases.random(300, integers().between(1, 8).flatMap(n -> Points.in(2, n, 6)))
                .hitting("at least two logits", 0.7, c -> c[0].length > 1);
    }

    /// The distance above half of that of the logits; or by how much more than 0.01 the ratio at h
    /// = 0.01 is off ½.
    @Override
    public double statistic(Weights weights, double[][] c) {
        double moved = distance(weights.of(c[0]), weights.of(c[1]));
        double[] up = {0.01, -0.01};
        double[] down = {-0.01, 0.01};
        double ratio = distance(weights.of(up), weights.of(down)) / distance(up, down);
        return Math.max(moved - distance(c[0], c[1]) / 2, Math.abs(ratio - 0.5) - 0.01);
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /// The ratio at (h, -h), (-h, h) is `(σ(2h) - σ(-2h))/2h = ½ - O(h²)`.
    @Override
    public Tolerance<Weights, double[][]> tolerance() {
        return Tolerance.rounding(
                (weights, c) -> 64 + 8 * c[0].length,
                (weights, c) -> 1,
                "roundings of exponentials and sums of weights below 1");
    }

    /// The logits (h, -h) and (-h, h).
    @Override
    public Optional<Picture> picture(Weights weights) {
        double[] h = new double[25];
        double[] ratio = new double[25];
        double[] half = new double[25];
        for (int i = 0; i < h.length; i++) {
            h[i] = Math.pow(10, -2 + i / 8.0);
            double[] up = {h[i], -h[i]};
            double[] down = {-h[i], h[i]};
            ratio[i] = distance(weights.of(up), weights.of(down)) / distance(up, down);
            half[i] = 0.5;
        }
        return Optional.of(
                new Picture(
                        "Distance of weights over that of logits",
                        Picture.Axis.powers("h"),
                        Picture.Axis.of("ratio"),
                        List.of(
                                Picture.Line.measured("ratio", h, ratio),
                                Picture.Line.bound("one half", h, half))));
    }

    @Override
    public List<Mutant<Weights>> mutants() {
        return List.of(
                Mutant.of(
                        "a temperature of ½",
                        "softmax(2a)",
                        a -> {
                            double[] twice = a.clone();
                            for (int i = 0; i < a.length; i++) {
                                twice[i] *= 2;
                            }
                            return Tensor.of(Array.matrix(new double[][] {twice}))
                                    .softmax()
                                    .value()
                                    .toDoubles();
                        }),
                Mutant.of(
                        "weights that do not move",
                        "uniform attention",
                        a -> {
                            double[] w = new double[a.length];
                            Arrays.fill(w, 1.0 / a.length);
                            return w;
                        }));
    }
}
