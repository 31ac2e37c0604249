package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Distance;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

/// Where a distance is small beside the points, its digits are not in their norms and products.
final class CoincidentPointsAreAtDistanceZero
        implements KernelLaw<Attending, CoincidentPointsAreAtDistanceZero.Case> {
    /// Points, how far from the origin, an element type, values, and which coordinates of the
    /// queries are a unit in the last place off.
    record Case(double[][] points, double origin, DType dtype, double[][] v, int seed) {
        Scene scene() {
            Random random = new Random(seed);
            double[][] k = new double[points.length][];
            double[][] q = new double[points.length][];
            for (int i = 0; i < k.length; i++) {
                k[i] = Arrays.stream(points[i]).map(x -> held(x + origin)).toArray();
                boolean exact = random.nextBoolean();
                q[i] =
                        Arrays.stream(k[i])
                                .map(x -> exact || random.nextBoolean() ? x : next(x))
                                .toArray();
            }
            return new Scene(q, k, v);
        }

        private double held(double x) {
            return dtype == DType.FLOAT32 ? (float) x : x;
        }

        private double next(double x) {
            return dtype == DType.FLOAT32 ? Math.nextUp((float) x) : Math.nextUp(x);
        }
    }

    @Override
    public String id() {
        return "A16";
    }

    @Override
    public String statement() {
        return "for every kernel of a distance and queries that are keys, exactly or up to a unit in the last place, at"
                + " the origin and 1000 from it: attention is by the definition";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "cancellation: Higham 2002, section 1.7; gpytorch #1078");
    }

    @Override
    public String assumes() {
        return "the kernel is a function of a distance; its profile's derivative is bounded by what the enclosure says";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Attending> subject(Candidate kernel) {
        return kernel.square()
                        && kernel.kernel() instanceof Profile p
                        && (p.pairing() == Pairing.SQUARED_DISTANCE
                                || p.pairing() == Pairing.L1_DISTANCE)
                ? Attending.of(kernel)
                : Optional.empty();
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        Arbitrary<Case> cases =
                attending
                        .kernel()
                        .points(1, 6)
                        .flatMap(x ->
                                Combinators.combine(
                                                Arbitraries.of(0.0, 1000.0),
                                                Arbitraries.of(DType.values()),
                                                Points.in(x.length, 2, 2),
                                                integers().between(0, 1 << 20))
                                        .as((origin, dtype, v, seed) ->
                                                new Case(x, origin, dtype, v, seed)));
        return Cases.random(120, cases)
                .hitting(
                        "float32, far from the origin",
                        0.1,
                        c -> c.origin > 0 && c.dtype == DType.FLOAT32)
                .hitting("several points", 0.4, c -> c.points.length >= 3);
    }

    /// The largest difference, as a multiple of what rounding may do to its row.
    @Override
    public double statistic(Attending attending, Case c) {
        Scene s = c.scene();
        double unit = Enclosure.unit(c.dtype);
        double[][] out = attending.of(s, Mask.none(), c.dtype);
        double worst = 0;
        for (int i = 0; i < out.length; i++) {
            List<Enclosure> weights = new ArrayList<>();
            double log = 0;
            for (double[] k : s.k()) {
                Enclosure w = weight((Profile) attending.kernel().kernel(), s.q()[i], k, c.dtype);
                weights.add(w);
                log = Math.max(log, w.value() > 0 ? Math.abs(Math.log(w.value())) : 0);
            }
            double off = Scene.distance(out[i], attending.definition(s, Mask.none(), i));
            double allowed = Attending.rounding(weights, log, Attending.size(s.v()), unit);
            worst =
                    off == 0 || allowed == Double.POSITIVE_INFINITY
                            ? worst
                            : Math.max(worst, off / allowed);
        }
        return worst;
    }

    /// A distance is good to a relative 2⁻¹⁰ in float32 and 2⁻⁴⁰ in float64, or to its own
    /// roundings, of which there are d + 4, and to the smallest number of the type for each of its
    /// d terms, which may underflow.
    private static Enclosure weight(Profile p, double[] q, double[] k, DType dtype) {
        double s = p.pairing().at(q, k);
        double unit = Enclosure.unit(dtype);
        double relative = (dtype == DType.FLOAT32 ? 0x1p-10 : 0x1p-40) + (q.length + 4) * unit;
        double least = dtype == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
        Expression f = p.profile(new Expression.Variable());
        return Enclosure.of(f, new Enclosure(s, relative * s + q.length * least), q.length, unit);
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.bound(
                (a, c) -> 1,
                "once what rounding may do to a row: squared distances good to a relative 2⁻¹⁰ in float32 and 2⁻⁴⁰ in"
                        + " float64, at which they are computed again by differences; carried through the profile and"
                        + " the quotient of the two sums, twice");
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                new Mutant<>(
                        "‖q‖² + ‖k‖² - 2 q·k as it is, not below 0",
                        "gpytorch #1078",
                        new Attending(
                                Candidate.of(new Distance()),
                                CoincidentPointsAreAtDistanceZero::expanded)),
                new Mutant<>(
                        "the same under an exponential",
                        "gpytorch #1078",
                        new Attending(
                                Candidate.of(new Gauss()),
                                CoincidentPointsAreAtDistanceZero::expanded)));
    }

    private static Tensor expanded(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        Tensor x = q.square().sum(-1).reshape(q.shape().with(-1, 1));
        Tensor y = k.square().sum(-1).reshape(1, 1, 1, k.dim(2));
        Tensor s = x.add(y).sub(q.matmul(k, Transpose.TRANSPOSED).scale(2)).relu();
        Expression f = ((Profile) kernel).profile(new Expression.Variable());
        return f.of(s, q.dim(-1), Pass.evaluation()).normalizeRows().matmul(v);
    }
}
