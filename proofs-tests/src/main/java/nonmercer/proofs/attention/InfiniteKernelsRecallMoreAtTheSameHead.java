package nonmercer.proofs.attention;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.optim.Adam;
import nonmercer.kernel.EluPlusOne;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// The papers' ablation in small: recall of 16 items by one head of attention, trained, with four
/// kernels and one budget.
final class InfiniteKernelsRecallMoreAtTheSameHead
        implements Claim<
                InfiniteKernelsRecallMoreAtTheSameHead.Trained,
                InfiniteKernelsRecallMoreAtTheSameHead.Case> {
    private static final int ITEMS = 16;
    private static final int SEEDS = 10;
    private static final int STEPS = 300;
    private static final double RATE = 0.05;

    /// The loss in nats of recalling an item, after training.
    interface Trained {
        double loss(Kernel kernel, int d, int seed);
    }

    /// Two kernels of which the first should recall better at the head dimension 2, by more than at
    /// 8.
    record Case(Kernel infinite, Kernel finite) {}

    /// A query and a key for each item.
    record Recall(Parameter queries, Parameter keys) {
        static Recall drawn(int d, RandomStream random) {
            return new Recall(matrix(d, random.at("queries")), matrix(d, random.at("keys")));
        }

        private static Parameter matrix(int d, RandomStream random) {
            double[][] rows = new double[ITEMS][d];
            for (double[] row : rows) {
                for (int l = 0; l < d; l++) {
                    row[l] = random.nextGaussian();
                }
            }
            return new Parameter(Array.matrix(rows));
        }

        /// The mean of `-ln αᵢᵢ`; 10⁻⁹ keeps a kernel with zeros finite.
        Tensor loss(Kernel kernel, Tensor one, Pass pass) {
            Tensor k = Gram.of(kernel, pass.use(queries), pass.use(keys), pass);
            Tensor own = k.mul(one).sum(1).plus(1e-9);
            return k.sum(1).plus(1e-9).log().sub(own.log()).mean();
        }
    }

    @Override
    public String id() {
        return "C24";
    }

    @Override
    public String statement() {
        return "for 10 seeds of recall of 16 items, 300 steps each: at the head dimension 2 attention with exp(q·k/√d) and with exp(-‖q-k‖²/√d) ends at a lower loss than with (q·k/√d + 1)² and with the features elu + 1, and the gap is smaller at 8";
    }

    @Override
    public Source source() {
        return Source.of(
                "Wright & Gonzalez 2021",
                "section 6: infinite dimension is partly responsible; here as recall, where a floor of the rank is known");
    }

    @Override
    public String assumes() {
        return "one recipe of training for all kernels, of which the better of two rates counts";
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    /// Student's t with 9 degrees of freedom at 3: 0.0075 a comparison, eight of them; the seeds
    /// are the claim's own.
    @Override
    public double falseAlarm() {
        return 0.01;
    }

    @Override
    public Cost cost() {
        return Cost.MINUTES;
    }

    @Override
    public List<Subject<Trained>> subjects() {
        return List.of(
                Subject.of(
                        "Adam on both embeddings", InfiniteKernelsRecallMoreAtTheSameHead::train));
    }

    private static double train(Kernel kernel, int d, int seed) {
        Recall recall = Recall.drawn(d, RandomStream.of(24).at(seed));
        ParameterTree parameters = ParameterTree.of(recall);
        Adam adam = Adam.of(parameters);
        double[][] identity = new double[ITEMS][ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            identity[i][i] = 1;
        }
        Tensor one = Tensor.of(Array.matrix(identity));
        for (int step = 0; step < STEPS; step++) {
            try (Tape tape = Tape.open()) {
                Tensor loss = recall.loss(kernel, one, Pass.recorded(tape));
                adam.step(tape.gradients(loss, parameters), RATE);
            }
        }
        return recall.loss(kernel, one, Pass.evaluation()).item();
    }

    @Override
    public Cases<Case> cases(Trained trained) {
        return Cases.all(
                new Case(new ExpDot(), new Quadratic()),
                new Case(new ExpDot(), new EluPlusOne()),
                new Case(new Gauss(), new Quadratic()),
                new Case(new Gauss(), new EluPlusOne()));
    }

    /// Minus the smaller of two means in standard errors: of the finite kernel's loss above the
    /// infinite one's at d = 2, and of how much less that is at d = 8.
    @Override
    public double statistic(Trained trained, Case c) {
        double[] narrow = gaps(trained, c, 2);
        double[] wide = gaps(trained, c, 8);
        double[] closing = new double[SEEDS];
        for (int s = 0; s < SEEDS; s++) {
            closing[s] = narrow[s] - wide[s];
        }
        return -Math.min(standardised(narrow), standardised(closing));
    }

    private static double[] gaps(Trained trained, Case c, int d) {
        double[] gaps = new double[SEEDS];
        for (int s = 0; s < SEEDS; s++) {
            gaps[s] = trained.loss(c.finite, d, s) - trained.loss(c.infinite, d, s);
        }
        return gaps;
    }

    /// Mean over its standard error.
    private static double standardised(double[] x) {
        double mean = 0;
        for (double v : x) {
            mean += v / x.length;
        }
        double squares = 0;
        for (double v : x) {
            squares += (v - mean) * (v - mean);
        }
        return mean / Math.sqrt(squares / (x.length - 1) / x.length);
    }

    @Override
    public Tolerance<Trained, Case> tolerance() {
        return Tolerance.bound(
                (trained, c) -> -3, "3 standard errors of a mean of 10 seeds, on the right side");
    }

    @Override
    public List<Mutant<Trained>> mutants() {
        return List.of(
                Mutant.of(
                        "one kernel under two names",
                        "a swap that does not reach the attention",
                        (kernel, d, seed) -> train(new ExpDot(), d, seed)),
                Mutant.of(
                        "no training",
                        "gradients that never arrive",
                        (kernel, d, seed) -> Math.log(ITEMS)),
                Mutant.of(
                        "the finite kernels at eight coordinates, whatever is asked",
                        "another budget",
                        (kernel, d, seed) ->
                                train(
                                        kernel,
                                        kernel instanceof Quadratic || kernel instanceof EluPlusOne
                                                ? 8
                                                : d,
                                        seed)));
    }
}
