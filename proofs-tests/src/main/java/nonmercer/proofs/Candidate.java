package nonmercer.proofs;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.autodiff.Parameter;
import nonmercer.kernel.Applied;
import nonmercer.kernel.Cauchy;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Composed;
import nonmercer.kernel.Constant;
import nonmercer.kernel.Cosformer;
import nonmercer.kernel.Distance;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Network;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.PositivePart;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.ReLU;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Sum;
import nonmercer.kernel.SumOfMinima;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;
import nonmercer.random.RandomStream;

/// A kernel to be held to the laws of kernels.
///
/// @param name in reports
/// @param kernel the kernel
/// @param specimens exact values, from the formula by hand
/// @param widths the coordinates of its queries and keys, if it takes only so many
/// @param attention the attention that the laws of attention are about, if not [Attention#of] the
///   kernel
public record Candidate(
        String name,
        Kernel kernel,
        List<Specimen> specimens,
        Optional<Widths> widths,
        Optional<Attention> attention) {
    private static final double RADIUS = 2;

    /// Copies the list.
    public Candidate {
        specimens = List.copyOf(specimens);
    }

    /// A kernel with the attention that the library chooses.
    public Candidate(
            String name, Kernel kernel, List<Specimen> specimens, Optional<Widths> widths) {
        this(name, kernel, specimens, widths, Optional.empty());
    }

    /// An attention and its kernel.
    public static Candidate of(String name, Attention attention) {
        Candidate kernel = of(attention.kernel());
        return new Candidate(
                name, kernel.kernel(), kernel.specimens(), kernel.widths(), Optional.of(attention));
    }

    /// The coordinates of queries and keys.
    public record Widths(int queries, int keys) {}

    /// A kernel under its own name, without specimens. What it takes is read off the trained
    /// matrices inside it.
    public static Candidate of(Kernel kernel) {
        return of(kernel.name(), kernel, List.of());
    }

    /// A kernel.
    public static Candidate of(String name, Kernel kernel, List<Specimen> specimens) {
        return new Candidate(name, kernel, specimens, widths(kernel));
    }

    /// The kernels of the library, each under the name of its class, then one of each operation of
    /// the algebra, and attention by its definition.
    public static List<Candidate> catalogue() {
        List<Candidate> all = new ArrayList<>();
        for (Map.Entry<String, List<Specimen>> entry :
                nonmercer.kernel.Catalogue.specimens().entrySet()) {
            List<Kernel> kernels =
                    entry.getValue().stream().map(Specimen::kernel).distinct().toList();
            for (Kernel kernel : kernels) {
                List<Specimen> own =
                        entry.getValue().stream().filter(s -> s.kernel().equals(kernel)).toList();
                all.add(
                        of(
                                kernels.size() == 1
                                        ? entry.getKey()
                                        : entry.getKey() + " " + kernel.formula(),
                                kernel,
                                own));
            }
        }
        composed().forEach(kernel -> all.add(of(kernel)));
        for (Kernel kernel : List.of(new ExpDot(), new Quadratic())) {
            all.add(of(kernel.name() + " by the definition", Attention.unfused(kernel)));
        }
        return all;
    }

    /// One kernel of each operation of the algebra.
    private static List<Kernel> composed() {
        Warp square = new Warp.Linear(parameter(new double[][] {{1, -0.5}, {0.25, 0.75}}));
        Warp queries =
                new Warp.Linear(parameter(new double[][] {{0.5, 0}, {-0.25, 0.5}, {0.5, 0.75}}));
        Warp keys = new Warp.Linear(parameter(new double[][] {{0.25, 0.5}, {0, -0.5}}));
        Warp scales = new Warp.Ard(new Parameter(Array.vector(0.5, -0.25, 0)));
        return List.of(
                new ExpDot().plus(new Gauss()),
                new Gauss().times(new Quadratic()),
                new ExpIntersection().scaled(3),
                new Gauss().lengthscale(2),
                new Gauss().warped(scales),
                new Quadratic().warped(square),
                new ExpDot().warped(queries, keys),
                new ExpDot().warped(square, new Warp.Identity()),
                new Gauss().plus(new Quadratic()).normalised(),
                new ExpIntersection().normalised(),
                new Gauss().times(new Distance()).applied(new Expression.Variable().sqrt()),
                new ExpDot().power(0.5).plus(new Quadratic().power(2)),
                new Distance().power(0.5).decay(0.5),
                new Gauss().exponential(),
                new SumOfMinima().exponential(),
                new ReLU().plus(new Quadratic()).times(new Constant(2)),
                new Gauss().warped(Network.random(3, 4, 2, RandomStream.of(5))),
                new Cauchy().tensor(new ExpDot(), 1).warped(square),
                new ExpDot(Coefficient.trained(0.5, DType.FLOAT64)));
    }

    private static Parameter parameter(double[][] rows) {
        return new Parameter(Array.matrix(rows));
    }

    /// Up to so many queries and keys in the cube `[-2, 2]ᵈ`, `d ≤ 4` where the kernel leaves it
    /// open: a dot product over `√d` is then at most 8, and nothing overflows. Sometimes there are
    /// repeated or zero points. For a kernel that reads negative coordinates as 0, three quarters
    /// of the cases have none.
    public Arbitrary<Pairs> pairs(int queries, int keys) {
        return pairs(queries, keys, (n, d) -> Points.in(n, d, RADIUS));
    }

    /// The same for claims about derivatives, which do not exist everywhere: in half of the cases
    /// the queries are in general position among themselves, in half the keys, and in all of them
    /// both for a kernel that reads negative coordinates as 0.
    public Arbitrary<Pairs> offKinks(int queries, int keys) {
        return pairs(
                queries,
                keys,
                (n, d) ->
                        clips(kernel)
                                ? Points.general(n, d, RADIUS)
                                : Arbitraries.oneOf(
                                        Points.general(n, d, RADIUS), Points.in(n, d, RADIUS)));
    }

    private Arbitrary<Pairs> pairs(
            int queries, int keys, BiFunction<Integer, Integer, Arbitrary<double[][]>> points) {
        return Combinators.combine(
                        dimensions(),
                        integers().between(1, queries),
                        integers().between(1, keys),
                        Arbitraries.of(true, true, true, false).withoutEdgeCases())
                .flatAs((d, n, m, positive) ->
                        Combinators.combine(points.apply(n, d.queries()), points.apply(m, d.keys()))
                                .as(Pairs::new)
                                .map(p -> positive && clips(kernel) ? p.positive() : p));
    }

    /// Whether some map reads negative coordinates as 0. Pairings are tied there, and have no
    /// derivative that a difference could show.
    private static boolean clips(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> p.pairing() == Pairing.HARMONIC;
            case Featured f -> f instanceof ReLU || f instanceof Cosformer;
            case Warped w -> w.queries() instanceof PositivePart || clips(w.kernel());
            default -> kernel.operands().stream().anyMatch(Candidate::clips);
        };
    }

    /// At least `least` and up to `most` points that are queries and keys at once, as in
    /// [#pairs(int, int)].
    public Arbitrary<double[][]> points(int least, int most) {
        return Combinators.combine(dimensions(), integers().between(least, most))
                .flatAs((d, n) -> Points.in(n, d.queries(), RADIUS));
    }

    private Arbitrary<Widths> dimensions() {
        return widths.<Arbitrary<Widths>>map(Arbitraries::just)
                .orElseGet(() -> integers().between(1, 4).map(d -> new Widths(d, d)));
    }

    /// This share where the kernel leaves the number of coordinates open, and 0 where it does not:
    /// for classes of cases that speak of it.
    public double openShare(double share) {
        return widths.isEmpty() ? share : 0;
    }

    /// Whether queries and keys can be the same points.
    public boolean square() {
        return widths.isEmpty() || widths.get().queries() == widths.get().keys();
    }

    private static Optional<Widths> widths(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> Optional.empty();
            case Featured f -> Optional.empty();
            case Composed c -> widths(c.definition());
            case Applied a -> widths(a.kernel());
            case Normalised n -> widths(n.kernel());
            case Sum s -> first(s.terms());
            case Product p -> first(p.factors());
            case Scaled s -> widths(s.kernel());
            case Warped w -> {
                Optional<Integer> q = width(w.queries());
                Optional<Integer> k = width(w.keys());
                yield q.isEmpty() && k.isEmpty()
                        ? widths(w.kernel())
                        : Optional.of(
                                new Widths(
                                        q.or(() -> k).orElseThrow(), k.or(() -> q).orElseThrow()));
            }
        };
    }

    private static Optional<Widths> first(List<Kernel> parts) {
        return parts.stream().flatMap(k -> widths(k).stream()).findFirst();
    }

    private static Optional<Integer> width(Warp warp) {
        return warp.takes().isPresent() ? Optional.of(warp.takes().getAsInt()) : Optional.empty();
    }
}
