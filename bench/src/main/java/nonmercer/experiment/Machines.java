package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.machine.BinaryMachine;
import nonmercer.machine.BinaryProblem;
import nonmercer.machine.Coupling;
import nonmercer.machine.Loss;
import nonmercer.machine.Objective;
import nonmercer.machine.PairwiseRidge;
import nonmercer.machine.Report;
import nonmercer.machine.Responses;
import nonmercer.machine.SpacePair;
import nonmercer.machine.TwoTowers;
import nonmercer.machine.Uniqueness;
import nonmercer.random.RandomStream;

/// One binary problem solved along the way from machine to Transformer: by a sum of two functions,
/// by their product, by a bilinear operator, by two trained towers, and by the same towers trained
/// as a head of attention.
///
/// @param data the problem
/// @param kernel of the texts; where it is not proved positive definite, sum and product take the
///   features of its singular vectors, and there is no operator
/// @param p the exponent of the norm for sum and product; 2 takes the Hilbert spaces of a positive
///   definite kernel
/// @param loss of sum, product and towers, and by which all are compared; the operator's is squared
/// @param lambda the penalty
/// @param seed of the towers
public record Machines(
        PairData data, Kernel kernel, double p, Loss loss, double lambda, long seed) {
    private static final int PLACES = 512; // of a text's vector
    private static final int HIDDEN = 512;
    private static final int HEAD = 64;
    private static final double RATE = 2e-3;
    private static final double DECAY = 1;
    private static final double DROPOUT = 0.5;
    private static final double MOST = 20; // a constant beyond this is one of responses beyond it
    private static final int OTHERS = 5; // for each match, when the towers learn to match

    /// What a machine did.
    ///
    /// @param name of the machine
    /// @param predictions of the test, `[n, m]`
    /// @param trainLoss the mean loss of all responses to fit, NaN where predictions are none of
    ///   responses
    /// @param testLoss the mean loss of the test, NaN where predictions are none of responses
    /// @param gap the solver's, NaN where there is none
    /// @param converged whether the gap is as small as a solver must make it
    /// @param norm of the solution, NaN where there is none
    /// @param support numbers that describe the solution
    /// @param unique whether it is the only one
    /// @param seconds to fit
    /// @param curve the mean loss by steps, empty for a solver
    public record Result(
            String name,
            Array predictions,
            double trainLoss,
            double testLoss,
            double gap,
            boolean converged,
            double norm,
            long support,
            String unique,
            double seconds,
            List<Double> curve) {
        private Result withoutLoss() {
            return new Result(
                    name,
                    predictions,
                    Double.NaN,
                    Double.NaN,
                    gap,
                    converged,
                    norm,
                    support,
                    unique,
                    seconds,
                    curve);
        }
    }

    private record Vectors(Array x, Array y, Array testX, Array testY) {}

    private Vectors vectors() {
        return new Vectors(
                Grams.vectors(data.x(), PLACES),
                Grams.vectors(data.y(), PLACES),
                Grams.vectors(data.testX(), PLACES),
                Grams.vectors(data.testY(), PLACES));
    }

    /// The number whose mean loss over the responses is the least: what a machine must beat.
    public Result constant() {
        double low = -MOST;
        double high = MOST;
        for (int o = 0; o < data.train().size(); o++) {
            low = Math.min(low, data.train().value(o));
            high = Math.max(high, data.train().value(o));
        }
        while (high - low > 1e-9 * (1 + Math.abs(low))) { // thirds: the loss is convex
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (meanLoss(data.train(), (i, j) -> a) <= meanLoss(data.train(), (i, j) -> b)) {
                high = b;
            } else {
                low = a;
            }
        }
        double[] test = new double[data.testX().size() * data.testY().size()];
        double[] train = new double[data.x().size() * data.y().size()];
        Arrays.fill(test, low);
        Arrays.fill(train, low);
        return result(
                "a constant",
                Array.of(Shape.of(data.x().size(), data.y().size()), train),
                Array.of(Shape.of(data.testX().size(), data.testY().size()), test),
                new Solved(Double.NaN, true, Double.NaN, 1, "-"),
                0,
                List.of());
    }

    /// `f(x) + g(y)` or `f(x) g(y)`.
    public Result coupled(Coupling coupling) {
        Vectors v = vectors();
        long start = System.nanoTime();
        SpacePair pair =
                p == 2 && definite() ? SpacePair.of(kernel) : SpacePair.of(kernel, v.x, v.y, p);
        BinaryMachine m =
                new BinaryProblem(pair, v.x, v.y, data.train())
                        .solve(coupling, Objective.of(loss, lambda));
        double seconds = (System.nanoTime() - start) / 1e9;
        Report r = m.report();
        return result(
                coupling == Coupling.ADDITIVE ? "f(x) + g(y)" : "f(x) g(y)",
                m.predict(v.x, v.y),
                m.predict(v.testX, v.testY),
                new Solved(
                        r.gap(),
                        r.converged(),
                        Math.hypot(m.f().norm(), m.g().norm()),
                        m.support(),
                        word(r.uniqueness())),
                seconds,
                List.of());
    }

    private static String word(Uniqueness u) {
        return switch (u) {
            case Uniqueness.Unique yes -> "yes";
            case Uniqueness.NotUnique no -> "no: " + no.another();
            case Uniqueness.Unknown unknown -> "unknown";
        };
    }

    /// Whether the kernel is proved positive definite, so that there is an operator.
    public boolean definite() {
        return kernel.traits().proved(Trait.POSITIVE_DEFINITE);
    }

    /// `⟨Φ(x), W Ψ(y)⟩`, with the squared loss and Hilbert norms, whatever the others have.
    public Result pairwise() {
        Vectors v = vectors();
        long start = System.nanoTime();
        PairwiseRidge.Model m =
                new PairwiseRidge(kernel, kernel, lambda).solve(v.x, v.y, data.train());
        double seconds = (System.nanoTime() - start) / 1e9;
        return result(
                "⟨Φ(x), W Ψ(y)⟩",
                m.predict(v.x, v.y),
                m.predict(v.testX, v.testY),
                new Solved(
                        m.gap(),
                        m.report().converged(),
                        Math.sqrt(m.squaredNorm()),
                        data.train().size(),
                        "yes"),
                seconds,
                List.of());
    }

    /// `q(x)·k(y)/√d`, trained on the same loss; where queries and keys match, on the matches and
    /// five other pairs for each: among all pairs the one match of a query would not count.
    public Result towers(int steps) {
        RandomStream random = RandomStream.of(seed).at("towers");
        Responses z = data.matching() ? data.some(OTHERS, random.at("others")) : data.train();
        return trained(
                "two towers",
                random,
                (t, v) -> t.train(v.x, v.y, z, loss, training(steps), random.at("drop")));
    }

    /// The same towers trained as attention: each query should attend to the keys of its positive
    /// responses. Their predictions are logits; the softmax over the keys is what was trained.
    public Result attention(int steps) {
        RandomStream random = RandomStream.of(seed).at("towers");
        return trained(
                        "attention",
                        random,
                        (t, v) ->
                                t.attend(
                                        v.x, v.y, data.train(), training(steps), random.at("drop")))
                .withoutLoss();
    }

    private static TwoTowers.Training training(int steps) {
        return new TwoTowers.Training(steps, RATE, DECAY, DROPOUT);
    }

    private Result trained(
            String name, RandomStream random, BiFunction<TwoTowers, Vectors, List<Double>> train) {
        Vectors texts = vectors();
        double unit = Math.sqrt(PLACES); // coordinates of about unit size
        Vectors v =
                new Vectors(
                        scaled(texts.x, unit),
                        scaled(texts.y, unit),
                        scaled(texts.testX, unit),
                        scaled(texts.testY, unit));
        long start = System.nanoTime();
        TwoTowers towers =
                TwoTowers.create(
                        random, new TwoTowers.Widths(PLACES, PLACES, HIDDEN, HEAD), new ExpDot());
        List<Double> curve = train.apply(towers, v);
        double seconds = (System.nanoTime() - start) / 1e9;
        return result(
                name,
                towers.predict(v.x, v.y),
                towers.predict(v.testX, v.testY),
                new Solved(Double.NaN, true, Double.NaN, towers.parameters(), "unknown"),
                seconds,
                curve);
    }

    private static Array scaled(Array a, double s) {
        double[] v = a.toDoubles();
        for (int i = 0; i < v.length; i++) {
            v[i] *= s;
        }
        return Array.of(a.shape(), v);
    }

    /// What a solver says of its solution.
    private record Solved(
            double gap, boolean converged, double norm, long support, String unique) {}

    private Result result(
            String name,
            Array fitted,
            Array tested,
            Solved solved,
            double seconds,
            List<Double> curve) {
        return new Result(
                name,
                tested,
                meanLoss(data.train(), fitted::get),
                meanLoss(data.test(), tested::get),
                solved.gap,
                solved.converged,
                solved.norm,
                solved.support,
                solved.unique,
                seconds,
                curve);
    }

    /// A prediction of a pair.
    private interface Prediction {
        double of(int query, int key);
    }

    private double meanLoss(Responses z, Prediction t) {
        double sum = 0;
        for (int o = 0; o < z.size(); o++) {
            sum += loss.value(z.value(o), t.of(z.row(o), z.column(o)));
        }
        return sum / z.size();
    }

    /// For each query of the test whether the key with the highest prediction is its own; among
    /// equal predictions, only if it is the first.
    public boolean[] found(Result r) {
        int n = r.predictions.dim(0);
        boolean[] found = new boolean[n];
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int j = 1; j < r.predictions.dim(1); j++) {
                best = r.predictions.get(i, j) > r.predictions.get(i, best) ? j : best;
            }
            found[i] = data.test().value(i * r.predictions.dim(1) + best) == 1;
        }
        return found;
    }

    /// The probability that a response of `+1` is predicted above one of `-1`, ties counted half.
    public double ranking(Result r) {
        Responses z = data.test();
        List<double[]> all = new ArrayList<>();
        for (int o = 0; o < z.size(); o++) {
            all.add(new double[] {r.predictions.get(z.row(o), z.column(o)), z.value(o)});
        }
        all.sort((a, b) -> Double.compare(a[0], b[0]));
        double ranks = 0;
        double positives = 0;
        for (int from = 0; from < all.size(); ) {
            int to = from;
            int here = 0;
            while (to < all.size() && all.get(to)[0] == all.get(from)[0]) {
                here += all.get(to++)[1] > 0 ? 1 : 0;
            }
            ranks += here * (from + to + 1) / 2.0; // the mean rank of equals
            positives += here;
            from = to;
        }
        double negatives = all.size() - positives;
        return (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
