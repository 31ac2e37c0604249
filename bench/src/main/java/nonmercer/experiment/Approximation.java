package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.LinearAttention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.experiment.FeatureFamily.Made;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Resolution;
import nonmercer.feature.Target;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.layer.MultiHeadAttention.Heads;
import nonmercer.metric.Interval;
import nonmercer.random.RandomStream;

/// How near attention through features comes to attention with their kernel, and in what time.
///
/// The errors are in float64: of a row of weights `Σⱼ |aᵢⱼ − âᵢⱼ|`, the mean over rows, between 0
/// and 2 where no weight is negative; and of the output, `‖out − ôut‖/‖out‖` (Frobenius). The time
/// is that of one application in float32 to so many rows, the feature maps included.
///
/// @param target the kernel
/// @param data queries, keys and values
/// @param families what is compared
/// @param budgets numbers of features, ascending
/// @param seeds draws of a random map
/// @param seed of the draws
/// @param rows of the application whose time is taken
/// @param watch takes it
public record Approximation(
        Target target,
        HeadSamples data,
        List<FeatureFamily> families,
        List<Integer> budgets,
        int seeds,
        long seed,
        int rows,
        Stopwatch watch) {
    private static final int ROUNDS = 3;

    /// Copies the lists; refuses an empty comparison.
    public Approximation {
        families = List.copyOf(families);
        budgets = budgets.stream().distinct().sorted().toList();
        if (budgets.isEmpty() || budgets.getFirst() < 1) {
            throw new BadInputException(
                    "features are compared at one or more numbers of them, each at least 1; got "
                            + budgets);
        }
        if (seeds < 2) {
            throw new BadInputException(
                    "an interval over draws needs at least two seeds, got " + seeds);
        }
        if (rows < 1) {
            throw new BadInputException("time is taken for at least one row, got " + rows);
        }
    }

    /// Takes the time of a piece of work.
    @FunctionalInterface
    public interface Stopwatch {
        /// Seconds.
        double seconds(Runnable work);

        /// The median of the calls of a slice of time, of three at least.
        static Stopwatch median(double slice) {
            return work -> {
                List<Double> all = new ArrayList<>();
                for (double sum = 0; sum < slice || all.size() < 3; sum += all.getLast()) {
                    long start = System.nanoTime();
                    work.run();
                    all.add((System.nanoTime() - start) * 1e-9);
                }
                return middle(all);
            };
        }
    }

    private static double middle(List<Double> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    /// Told of each map before it is measured.
    @FunctionalInterface
    public interface Watcher {
        /// The `number`th of so many.
        void begins(FeatureFamily family, int budget, int number, int of);
    }

    /// A family at a number of features.
    ///
    /// @param features how many it really has
    /// @param rowErrors of each draw; one number if nothing is random
    /// @param outputErrors likewise
    /// @param seconds of one application
    /// @param risk why the normaliser can vanish or change its sign, if it can
    /// @param lost the share of rows whose normaliser is not positive
    /// @param resolution whether the features resolve the kernel, of the head that they resolve
    ///   least, where a formula is known
    public record Point(
            FeatureFamily family,
            int features,
            double[] rowErrors,
            double[] outputErrors,
            double seconds,
            Optional<String> risk,
            double lost,
            Optional<Resolution> resolution) {
        private Point in(double time) {
            return new Point(
                    family, features, rowErrors, outputErrors, time, risk, lost, resolution);
        }

        /// The mean over the draws.
        public double rowError() {
            return Arrays.stream(rowErrors).average().orElseThrow();
        }

        /// The mean over the draws.
        public double outputError() {
            return Arrays.stream(outputErrors).average().orElseThrow();
        }

        /// Student's 95 % interval over the draws; a point if nothing is random.
        public Interval interval() {
            return rowErrors.length < 2
                    ? new Interval(rowError(), rowError())
                    : Interval.mean(rowErrors);
        }
    }

    /// What was found.
    ///
    /// @param exact seconds of the exact, fused attention on the same rows
    public record Found(List<Point> points, double exact) {
        /// Copies the list.
        public Found {
            points = List.copyOf(points);
        }

        /// The points of a family, by number of features.
        public List<Point> of(FeatureFamily family) {
            return points.stream().filter(p -> p.family.equals(family)).toList();
        }

        /// The point of a family with the most features up to a number.
        public Optional<Point> at(FeatureFamily family, int budget) {
            return of(family).stream()
                    .filter(p -> p.features <= budget)
                    .reduce((a, b) -> b.features >= a.features ? b : a);
        }

        /// The point of the map that weighs every key alike, if it was measured with no more than
        /// so many features: what errs more is worth nothing.
        public Optional<Point> constant(int budget) {
            return points.stream()
                    .filter(p -> p.family.name().equals(FeatureFamilies.CONSTANT))
                    .filter(p -> p.features <= budget)
                    .findFirst();
        }

        /// The row error that a family reaches in a time: between two points on the line through
        /// both on logarithmic scales, beyond the slowest that one's. Empty where even its fastest
        /// takes longer.
        public OptionalDouble inTime(FeatureFamily family, double seconds) {
            OptionalDouble found = OptionalDouble.empty();
            Point before = null;
            for (Point p : of(family)) {
                if (p.seconds <= seconds) {
                    found = OptionalDouble.of(p.rowError());
                } else if (before != null && before.seconds <= seconds) {
                    double part =
                            Math.log(seconds / before.seconds)
                                    / Math.log(p.seconds / before.seconds);
                    return OptionalDouble.of(
                            before.rowError() == 0
                                    ? 0
                                    : before.rowError()
                                            * Math.pow(p.rowError() / before.rowError(), part));
                }
                before = p;
            }
            return found;
        }
    }

    /// The target as a kernel of queries and keys in `d` coordinates.
    public static Kernel kernel(Target target, int d) {
        return switch (target) {
            case SOFTMAX -> new ExpDot();
            case GAUSSIAN -> new Gauss(Coefficient.of(0.5 / Math.sqrt(d)));
        };
    }

    /// Measures each family at each number of features. Equal seeds give equal errors.
    public Found run(Watcher watcher) {
        Attention exact = Attention.of(kernel(target, data.dimension()));
        List<Reference> references = new ArrayList<>();
        for (Heads h : data.items()) {
            Tensor weights = exact.weights(h.q(), h.k(), Mask.none(), Pass.evaluation());
            references.add(new Reference(h, weights, weights.matmul(h.v())));
        }
        List<Point> points = new ArrayList<>();
        List<LinearAttention> measured = new ArrayList<>();
        int number = 0;
        for (FeatureFamily family : families) {
            int last = -1;
            for (int budget : budgets) {
                watcher.begins(family, budget, ++number, families.size() * budgets.size());
                Optional<Made> made = family.maker().make(budget, data, stream(family, budget, 0));
                int features = made.map(m -> m.map().dimension(data.dimension())).orElse(-1);
                if (made.isPresent() && features != last) {
                    points.add(point(family, budget, made.get(), references));
                    measured.add(attention(made.get()));
                    last = features;
                }
            }
        }
        Heads timed = data.rows(rows);
        List<Runnable> work = new ArrayList<>();
        work.add(
                () -> exact.apply(timed.q(), timed.k(), timed.v(), Mask.none(), Pass.evaluation()));
        measured.forEach(a ->
                work.add(() ->
                        a.apply(timed.q(), timed.k(), timed.v(), Mask.none(), Pass.evaluation())));
        double[] seconds = seconds(work);
        return new Found(
                IntStream.range(0, points.size())
                        .mapToObj(i -> points.get(i).in(seconds[i + 1]))
                        .toList(),
                seconds[0]);
    }

    /// All in turn, round after round, so that what disturbs the machine disturbs all alike; a
    /// first round warms up.
    private double[] seconds(List<Runnable> work) {
        List<List<Double>> all = new ArrayList<>();
        work.forEach(w -> {
            watch.seconds(w);
            all.add(new ArrayList<>());
        });
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < work.size(); i++) {
                all.get(i).add(watch.seconds(work.get(i)));
            }
        }
        return all.stream().mapToDouble(Approximation::middle).toArray();
    }

    private RandomStream stream(FeatureFamily family, int budget, int draw) {
        return RandomStream.of(seed).at("features/" + family.name()).at(budget).at(draw);
    }

    private Point point(FeatureFamily family, int budget, Made first, List<Reference> references) {
        int draws = family.random() ? seeds : 1;
        double[] rowErrors = new double[draws];
        double[] outputErrors = new double[draws];
        double lost = 0;
        for (int s = 0; s < draws; s++) {
            Made made =
                    s == 0
                            ? first
                            : family.maker()
                                    .make(budget, data, stream(family, budget, s))
                                    .orElseThrow();
            Errors errors = new Errors();
            references.forEach(r -> errors.add(r, made));
            rowErrors[s] = errors.row / errors.rows;
            outputErrors[s] = Math.sqrt(errors.output / errors.norm);
            lost += errors.lost / errors.rows / draws;
        }
        return new Point(
                family,
                first.map().dimension(data.dimension()),
                rowErrors,
                outputErrors,
                Double.NaN,
                first.risk(),
                lost,
                first.recipe().flatMap(this::resolution));
    }

    /// That of the head that the features resolve least, in the first item.
    private Optional<Resolution> resolution(RandomFeatures recipe) {
        Heads h = data.items().getFirst();
        Optional<Resolution> least = Optional.empty();
        for (int head = 0; head < data.heads(); head++) {
            Optional<Resolution> own =
                    Resolution.of(recipe, head, rowsOf(h.q(), head), rowsOf(h.k(), head));
            if (own.isPresent() && (least.isEmpty() || own.get().median() > least.get().median())) {
                least = own;
            }
        }
        return least;
    }

    private static Array rowsOf(Tensor x, int head) {
        return x.slice(1, head, head + 1).reshape(x.dim(2), x.dim(3)).value();
    }

    private static LinearAttention attention(Made made) {
        return made.risk().isEmpty() && made.map().normaliserRisk().isEmpty()
                ? LinearAttention.of(made.map())
                : LinearAttention.unguarded(made.map());
    }

    /// What is exact, of one item.
    private record Reference(Heads heads, Tensor weights, Tensor out) {}

    /// Sums over rows.
    private static final class Errors {
        private double rows;
        private double row;
        private double output;
        private double norm;
        private double lost;

        /// The weights through features are what attention makes of the unit vectors as values.
        void add(Reference r, Made made) {
            Tensor q = r.heads.q();
            Tensor k = r.heads.k();
            int n = k.dim(2);
            Tensor unit = Tensor.of(identity(n)).broadcastTo(Shape.of(k.dim(0), k.dim(1), n, n));
            Tensor weights = attention(made).apply(q, k, unit, Mask.none(), Pass.evaluation());
            rows += (double) q.dim(1) * q.dim(2);
            row += weights.sub(r.weights).abs().sum().item();
            output += weights.matmul(r.heads.v()).sub(r.out).square().sum().item();
            norm += r.out.square().sum().item();
            if (made.risk().isPresent()) {
                FeatureMap ready = made.map().fitted(q, k, Pass.evaluation());
                Tensor keys = ready.keys(k, Pass.evaluation());
                Tensor sums =
                        ready.queries(q, Pass.evaluation())
                                .mul(keys.sumTo(keys.shape().with(-2, 1)))
                                .sum(-1);
                lost += Arrays.stream(sums.value().toDoubles()).filter(z -> !(z > 0)).count();
            }
        }

        private static Array identity(int n) {
            Array a = Array.zeros(DType.FLOAT64, Shape.of(n, n));
            for (int i = 0; i < n; i++) {
                a.doubles()[i * n + i] = 1;
            }
            return a;
        }
    }
}
