package nonmercer.proofs;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Parameter;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.ExpIntersection;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Specimen;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;

/// A kernel to be held to the laws of kernels.
///
/// @param name in reports
/// @param kernel the kernel
/// @param specimens exact values, from the formula by hand
/// @param widths the coordinates of its queries and keys, if it takes only so many
public record Candidate(
        String name, Kernel kernel, List<Specimen> specimens, Optional<Widths> widths) {
    private static final double RADIUS = 2;

    /// Copies the list.
    public Candidate {
        specimens = List.copyOf(specimens);
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
    /// the algebra.
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
                new ExpDot(Coefficient.trained(0.5, DType.FLOAT64)));
    }

    private static Parameter parameter(double[][] rows) {
        return new Parameter(Array.matrix(rows));
    }

    /// Up to so many queries and keys in the cube `[-2, 2]ᵈ`, `d ≤ 4` where the kernel leaves it
    /// open: a dot product over `√d` is then at most 8, and nothing overflows. Sometimes there are
    /// repeated or zero points.
    public Arbitrary<Pairs> pairs(int queries, int keys) {
        return Combinators.combine(
                        dimensions(), integers().between(1, queries), integers().between(1, keys))
                .flatAs((d, n, m) ->
                        Combinators.combine(
                                        Points.in(n, d.queries(), RADIUS),
                                        Points.in(m, d.keys(), RADIUS))
                                .as(Pairs::new));
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
        return switch (warp) {
            case Warp.Linear(var weight) -> Optional.of(weight.shape().dim(0));
            case Warp.Ard(var lengthscales) -> Optional.of(lengthscales.shape().dim(-1));
            default -> Optional.empty();
        };
    }
}
