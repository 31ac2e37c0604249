package nonmercer.proofs.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.Adam;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Quadratic;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// The papers' ablation in small: associative recall of 16 items by one layer of attention with one
/// head, trained with each kernel and one budget.
final class InfiniteKernelsRecallMoreAtTheSameHead
        implements Claim<
                InfiniteKernelsRecallMoreAtTheSameHead.Trained,
                InfiniteKernelsRecallMoreAtTheSameHead.Case> {
    private static final int SEEDS = 10;
    private static final int STEPS = 1000;
    private static final int BATCH = 8;
    private static final int HELD_OUT = 64;
    private static final double RATE = 0.05;
    private static final int[] HEADS = {2, 4, 8};

    private static final List<Kernel> MEASURED =
            List.of(
                    new ExpDot(),
                    new Gauss(),
                    new Quadratic(),
                    new Linear(),
                    new ExpIntersection(),
                    new Distance());

    /// The error of recall on held-out sequences, after training.
    interface Trained {
        double error(Kernel kernel, int d, int seed);
    }

    /// Two kernels of which the first should recall better, and by how much less from one dimension
    /// of the head to the next; or `narrow` alone, at which it should recall better at all.
    record Case(Kernel infinite, Kernel finite, int narrow, Optional<Integer> wide) {}

    @Override
    public String id() {
        return "C24";
    }

    @Override
    public String statement() {
        return "for 10 seeds of associative recall of 16 items by one layer of attention, 1000 steps each: with queries and keys of 2 coordinates exp(q·k/√d) and exp(-‖q-k‖²/√d) recall better than (q·k/√d + 1)² and q·k, and the gap closes from 2 coordinates to 4 and from 4 to 8";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "section 6: infinite dimension is partly responsible; here as recall, where a floor of the rank is known");
    }

    @Override
    public String assumes() {
        return "one recipe of training for all kernels; weights of q·k, which are negative for half of the pairs, are not divided by their sum";
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    /// Student's t with 9 degrees of freedom is above 5 with probability 3.7·10⁻⁴, in each of
    /// twelve comparisons; the seeds are the claim's own.
    @Override
    public double falseAlarm() {
        return 5e-3;
    }

    @Override
    public Cost cost() {
        return Cost.MINUTES;
    }

    /// Trains each kernel once, however often it is compared.
    private record Once(Trained trained, Map<String, Double> known) implements Trained {
        static Trained each(Trained trained) {
            return new Once(trained, new ConcurrentHashMap<>());
        }

        @Override
        public double error(Kernel kernel, int d, int seed) {
            return known.computeIfAbsent(
                    kernel.name() + " " + d + " " + seed, key -> trained.error(kernel, d, seed));
        }
    }

    private final Trained library = Once.each(InfiniteKernelsRecallMoreAtTheSameHead::train);

    @Override
    public List<Subject<Trained>> subjects() {
        return List.of(Subject.of("MultiHeadAttention, Adam", library));
    }

    /// The same data and, but for their number, the same first weights for every kernel.
    private static double train(Kernel kernel, int d, int seed) {
        RandomStream random = RandomStream.of(24).at(seed);
        MultiHeadAttention layer = Recall.layer(kernel, d, random.at("layer"));
        ParameterTree parameters = ParameterTree.of(layer);
        Adam adam = Adam.of(parameters);
        for (int step = 0; step < STEPS; step++) {
            Recall batch = Recall.drawn(BATCH, random.at("data").at(step));
            double rate = RATE * Math.min(1, 2 - 2.0 * step / STEPS);
            try (Tape tape = Tape.open()) {
                Tensor error = batch.error(layer, Pass.recorded(tape));
                adam.step(tape.gradients(error, parameters), rate);
            }
        }
        return Recall.drawn(HELD_OUT, random.at("held out")).error(layer, Pass.evaluation()).item();
    }

    @Override
    public Cases<Case> cases(Trained trained) {
        List<Case> all = new ArrayList<>();
        for (Kernel infinite : List.of(new ExpDot(), new Gauss())) {
            for (Kernel finite : List.of(new Quadratic(), new Linear())) {
                all.add(new Case(infinite, finite, 2, Optional.empty()));
                all.add(new Case(infinite, finite, 2, Optional.of(4)));
                all.add(new Case(infinite, finite, 4, Optional.of(8)));
            }
        }
        return Cases.all(all);
    }

    /// Minus the mean of what the case compares, in standard errors.
    @Override
    public double statistic(Trained trained, Case c) {
        double[] x = new double[SEEDS];
        for (int s = 0; s < SEEDS; s++) {
            x[s] = gap(trained, c, c.narrow, s);
            if (c.wide.isPresent()) {
                x[s] -= gap(trained, c, c.wide.get(), s);
            }
        }
        return -standardised(x);
    }

    private static double gap(Trained trained, Case c, int d, int seed) {
        return trained.error(c.finite, d, seed) - trained.error(c.infinite, d, seed);
    }

    /// Mean over its standard error; 0 for numbers that are all 0.
    private static double standardised(double[] x) {
        double mean = 0;
        for (double v : x) {
            mean += v / x.length;
        }
        double squares = 0;
        for (double v : x) {
            squares += (v - mean) * (v - mean);
        }
        return mean == 0 ? 0 : mean / Math.sqrt(squares / (x.length - 1) / x.length);
    }

    @Override
    public Tolerance<Trained, Case> tolerance() {
        return Tolerance.bound(
                (trained, c) -> -5,
                "5 standard errors of a mean of 10 seeds, on the right side, for each of twelve means");
    }

    @Override
    public Optional<Picture> picture(Trained trained) {
        double[] d = new double[HEADS.length];
        double[] floor = new double[HEADS.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = HEADS[i];
            floor[i] = 1 - d[i] / Recall.ITEMS;
        }
        List<Picture.Line> lines = new ArrayList<>();
        for (Kernel kernel : MEASURED) {
            double[] error = new double[d.length];
            for (int i = 0; i < d.length; i++) {
                for (int s = 0; s < SEEDS; s++) {
                    error[i] += trained.error(kernel, HEADS[i], s) / SEEDS;
                }
            }
            lines.add(Picture.Line.measured(kernel.getClass().getSimpleName(), d, error));
        }
        lines.add(Picture.Line.bound("floor", d, floor));
        return Optional.of(
                new Picture(
                        "Recall of 16 items, and the floor of d features",
                        Picture.Axis.of("coordinates d of the head"),
                        Picture.Axis.of("squared error; 1 recalls nothing"),
                        lines));
    }

    @Override
    public List<Mutant<Trained>> mutants() {
        return List.of(
                Mutant.of(
                        "one kernel under all names",
                        "a swap that does not reach the attention",
                        (kernel, d, seed) -> library.error(new ExpDot(), d, seed)),
                Mutant.of(
                        "no training",
                        "gradients that never arrive: the mean value is all that is recalled",
                        (kernel, d, seed) -> 1),
                Mutant.of(
                        "the finite kernels at eight coordinates, whatever is asked",
                        "another budget",
                        (kernel, d, seed) ->
                                library.error(
                                        kernel,
                                        kernel instanceof Quadratic || kernel instanceof Linear
                                                ? 8
                                                : d,
                                        seed)));
    }
}
