package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Kernel;
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
/// by their product, by a bilinear operator, and by two trained towers, which are a head of
/// attention.
///
/// @param data the problem
/// @param kernel of the texts on each side, positive definite
/// @param p the exponent of the norm for sum and product; 2 takes the kernel's own Hilbert spaces
/// @param loss of sum, product and towers
/// @param lambda the penalty
/// @param seed of the towers
public record Machines(
        PairData data, Kernel kernel, double p, Loss loss, double lambda, long seed) {
    private static final int PLACES = 512; // of a text's vector
    private static final int HIDDEN = 128;
    private static final int HEAD = 64;
    private static final double RATE = 5e-3;
    private static final double DECAY = 0.1;
    private static final int OTHERS = 5; // for each match, when the towers learn to match

    /// What a machine did.
    ///
    /// @param name of the machine
    /// @param predictions of the test, `[n, m]`
    /// @param trainLoss the mean loss of the responses it was fitted to
    /// @param gap the solver's, NaN where there is none
    /// @param norm of the solution, NaN where there is none
    /// @param support numbers that describe the solution
    /// @param unique whether it is the only one
    /// @param seconds to fit
    /// @param curve the mean loss by steps, empty for a solver
    public record Result(
            String name,
            Array predictions,
            double trainLoss,
            double gap,
            double norm,
            long support,
            String unique,
            double seconds,
            List<Double> curve) {}

    private record Vectors(Array x, Array y, Array testX, Array testY) {}

    private Vectors vectors() {
        return new Vectors(
                Grams.vectors(data.x(), PLACES),
                Grams.vectors(data.y(), PLACES),
                Grams.vectors(data.testX(), PLACES),
                Grams.vectors(data.testY(), PLACES));
    }

    /// The mean of all responses, the least a machine must beat.
    public Result mean() {
        double mean = 0;
        for (int o = 0; o < data.train().size(); o++) {
            mean += data.train().value(o) / data.train().size();
        }
        double[] t = new double[data.testX().size() * data.testY().size()];
        Arrays.fill(t, mean);
        double train = 0;
        for (int o = 0; o < data.train().size(); o++) {
            train += loss.value(data.train().value(o), mean) / data.train().size();
        }
        return new Result(
                "mean response",
                Array.of(Shape.of(data.testX().size(), data.testY().size()), t),
                train,
                Double.NaN,
                Double.NaN,
                1,
                "yes",
                0,
                List.of());
    }

    /// `f(x) + g(y)` or `f(x) g(y)`.
    public Result coupled(Coupling coupling) {
        Vectors v = vectors();
        long start = System.nanoTime();
        SpacePair pair = p == 2 ? SpacePair.of(kernel) : SpacePair.of(kernel, v.x, v.y, p);
        BinaryMachine m =
                new BinaryProblem(pair, v.x, v.y, data.train())
                        .solve(coupling, Objective.of(loss, lambda));
        double seconds = (System.nanoTime() - start) / 1e9;
        Report r = m.report();
        return new Result(
                coupling == Coupling.ADDITIVE ? "f(x) + g(y)" : "f(x) g(y)",
                m.predict(v.testX, v.testY),
                trainLoss(loss, m.predict(v.x, v.y)),
                r.gap(),
                Math.hypot(m.f().norm(), m.g().norm()),
                m.support(),
                word(r.uniqueness()),
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

    /// `⟨Φ(x), W Ψ(y)⟩`, with the squared loss.
    public Result pairwise() {
        Vectors v = vectors();
        long start = System.nanoTime();
        PairwiseRidge.Model m =
                new PairwiseRidge(kernel, kernel, lambda).solve(v.x, v.y, data.train());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                "⟨Φ(x), W Ψ(y)⟩",
                m.predict(v.testX, v.testY),
                trainLoss(Loss.squared(), m.predict(v.x, v.y)),
                m.gap(),
                Math.sqrt(m.squaredNorm()),
                data.train().size(),
                "yes",
                seconds,
                List.of());
    }

    /// `q(x)·k(y)/√d`, trained; where queries and keys match, on the matches and five other pairs
    /// for each: among all pairs the one match of a query would not count.
    public Result towers(int steps) {
        Vectors texts = vectors();
        double unit = Math.sqrt(PLACES); // coordinates of about unit size
        Vectors v =
                new Vectors(
                        scaled(texts.x, unit),
                        scaled(texts.y, unit),
                        scaled(texts.testX, unit),
                        scaled(texts.testY, unit));
        RandomStream random = RandomStream.of(seed).at("towers");
        Responses z = data.matching() ? data.some(OTHERS, random.at("others")) : data.train();
        long start = System.nanoTime();
        TwoTowers towers =
                TwoTowers.create(
                        random, new TwoTowers.Widths(PLACES, PLACES, HIDDEN, HEAD), new ExpDot());
        List<Double> curve =
                towers.train(v.x, v.y, z, loss, new TwoTowers.Training(steps, RATE, DECAY));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                "two towers",
                towers.predict(v.testX, v.testY),
                curve.getLast(),
                Double.NaN,
                Double.NaN,
                towers.parameters(),
                "unknown",
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

    private double trainLoss(Loss of, Array t) {
        Responses z = data.train();
        double sum = 0;
        for (int o = 0; o < z.size(); o++) {
            sum += of.value(z.value(o), t.get(z.row(o), z.column(o)));
        }
        return sum / z.size();
    }

    /// The root mean square of what a prediction misses in the test.
    public double error(Result r) {
        Responses z = data.test();
        double sum = 0;
        for (int o = 0; o < z.size(); o++) {
            double d = z.value(o) - r.predictions.get(z.row(o), z.column(o));
            sum += d * d;
        }
        return Math.sqrt(sum / z.size());
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
