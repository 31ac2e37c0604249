package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Quadratic;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.KernelSvd;
import nonmercer.machine.SingularFeatures;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// What one tower cannot reach and two can: distances in the Frobenius norm, attained.
final class TiedTowersMissTheIndefinitePart
        implements Claim<
                TiedTowersMissTheIndefinitePart.Towers, TiedTowersMissTheIndefinitePart.Case> {
    private static final int GRID = 120;
    private static final Kernel DOT = new Linear(Coefficient.of(1));
    private static final List<Kernel> TIED =
            List.of(DOT, new Quadratic(), new Gauss(), new ExpDot());

    /// The table that two towers of d coordinates make, of those the closest to the given one.
    interface Closest {
        double[][] of(Array f, int d);
    }

    /// Two towers, for random tables or for those on a grid.
    record Towers(Closest closest, boolean grid) {}

    /// Tables on a grid of `[-1, 1]²`: the share of the norm that tied towers miss, and the slope
    /// of the logarithm of two towers' distance between 8 and 32 coordinates, NaN where it falls
    /// faster than any power; against the logarithm of d less a shift.
    private enum Target {
        TANH(0.944, Double.NaN, 0),
        DISTANCE(0.525, -1.5, 0),
        STEP(0.710, -0.5, 0),
        CUBE(0.692, -3.5, 1); // the fourth derivative of |t - s|³ is 12 δ: σₗ ~ 12 (2/(l - 3/2)π)⁴

        private final double floor;
        private final double slope;
        private final double shift;

        Target(double floor, double slope, double shift) {
            this.floor = floor;
            this.slope = slope;
            this.shift = shift;
        }

        double at(double t, double s) {
            return switch (this) {
                case TANH -> Math.tanh(4 * (t - 2 * s));
                case DISTANCE -> Math.abs(t - s);
                case STEP -> t > s ? 1 : 0;
                case CUBE -> Math.pow(Math.abs(t - s), 3);
            };
        }

        double[][] table() {
            double[][] f = new double[GRID][GRID];
            for (int i = 0; i < GRID; i++) {
                for (int j = 0; j < GRID; j++) {
                    f[i][j] = at(2.0 * i / (GRID - 1) - 1, 2.0 * j / (GRID - 1) - 1);
                }
            }
            return f;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A table, or the points of one tower and a random table; `target` is empty for those.
    record Case(List<Target> target, double[][] f, double[][] q, int d) {}

    @Override
    public String id() {
        return "C14";
    }

    @Override
    public String statement() {
        return "for all square tables F: tied towers, F ≈ q qᵀ or the Gram matrix of any positive definite kernel, miss F by at least √(‖(F - Fᵀ)/2‖² + Σ min(0, λ)²) over the eigenvalues λ of (F + Fᵀ)/2, a bound that is attained; two towers of d coordinates miss it by √Σ_{l>d} σ_l², attained by singular vectors, and no less; tied towers so miss .944, .525, .710, .692 of tanh(4(t - 2s)), |t - s|, 1{t > s}, |t - s|³, while the miss of two falls faster than d^-3 for the first, like d^-3/2 for the second, d^-1/2 for the third and (d - 1)^-7/2 for the fourth";
    }

    @Override
    public Source source() {
        return Source.of(
                "Higham 1988; Eckart & Young 1936",
                "Theorem 2.1; the truncated singular value decomposition");
    }

    @Override
    public String assumes() {
        return "a table on a grid stands for the function; the Frobenius norm, divided by that of the table";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Towers>> subjects() {
        return List.of(
                Subject.of("singular features", new Towers((f, d) -> features(f, d, false), false)),
                Subject.of(
                        "singular features, on a grid",
                        new Towers((f, d) -> features(f, d, false), true)),
                Subject.of(
                        "KernelSvd", new Towers(TiedTowersMissTheIndefinitePart::vectors, false)));
    }

    /// The library's features of the table, and the kernel q·k of them.
    private static double[][] features(Array f, int d, boolean tied) {
        Tensor one = Tensor.of(Coordinates.identity(f.dim(0)));
        FeatureMap map = SingularFeatures.of(new Table(f), one.value(), one.value(), d);
        Tensor q = map.queries(one, Pass.evaluation());
        return between(DOT, q, tied ? q : map.keys(one, Pass.evaluation()));
    }

    private static double[][] vectors(Array f, int d) {
        Array one = Coordinates.identity(f.dim(0));
        KernelSvd svd = KernelSvd.of(new Table(f), one, one, d);
        return between(DOT, Tensor.of(svd.queries(one)), Tensor.of(svd.right()));
    }

    private static double[][] between(Kernel kernel, Tensor q, Tensor k) {
        return Matrices.rows(Gram.of(kernel, q, k, Pass.evaluation()).value());
    }

    @Override
    public Cases<Case> cases(Towers towers) {
        if (towers.grid) {
            return Cases.all(
                    Arrays.stream(Target.values())
                            .map(t -> new Case(List.of(t), t.table(), new double[0][], 32))
                            .toList());
        }
        return Cases.random(
                        60,
                        Combinators.combine(integers().between(2, 8), integers().between(1, 3))
                                .flatAs((n, d) ->
                                        Combinators.combine(
                                                        Points.in(n, n, 2), Points.in(n, d, 1.5))
                                                .as((f, q) ->
                                                        new Case(List.of(), f, q, Math.min(n, d)))))
                .hitting("not symmetric", 0.5, c -> c.f[0][1] != c.f[1][0]);
    }

    /// The largest of: what a tied table is below the floor, and the best one off it; what two
    /// towers are off Eckart and Young's; each over its rounding; and for a table on a grid how far
    /// floor and slope are from those stated.
    @Override
    public double statistic(Towers towers, Case c) {
        double norm = Spectrum.frobenius(c.f);
        double rounding =
                8 * Math.sqrt(c.f.length) * Spectrum.rounding(c.f.length, Math.max(norm, 1));
        double floor = floor(c.f);
        double worst = Math.abs(distance(c.f, positivePart(c.f)) - floor) / rounding;
        if (c.target.isEmpty()) {
            for (Kernel kernel : TIED) {
                Tensor q = Tensor.of(Array.matrix(c.q));
                double[][] g = between(kernel, q, q);
                double size = Math.pow(Spectrum.frobenius(g), 2);
                double scale = size == 0 ? 0 : Math.max(0, inner(c.f, g) / size);
                double near = distance(c.f, scaled(g, scale)); // the best multiple
                worst = Math.max(worst, (floor - near) / rounding);
            }
            return Math.max(worst, missed(towers, c.f, c.d, rounding));
        }
        Target target = c.target.getFirst();
        worst = Math.max(worst, Math.abs(floor / norm - target.floor) / 0.005);
        worst = Math.max(worst, missed(towers, c.f, c.d, rounding));
        Array f = Array.matrix(c.f);
        double slope =
                Math.log(
                                distance(c.f, towers.closest.of(f, 32))
                                        / distance(c.f, towers.closest.of(f, 8)))
                        / Math.log((32 - target.shift) / (8 - target.shift));
        return Double.isNaN(target.slope)
                ? Math.max(worst, 4 + slope) // below -3 at the least
                : Math.max(worst, Math.abs(slope - target.slope) / 0.15);
    }

    /// How far two towers are off Eckart and Young's distance, over the rounding.
    private static double missed(Towers towers, double[][] f, int d, double rounding) {
        double[] sigma = Spectrum.singular(f);
        if (sigma[d - 1] < 1e-6) { // singular features leave out what is below 10⁻¹⁰ σ₁
            return 0;
        }
        double tail = 0;
        for (int l = d; l < sigma.length; l++) {
            tail += sigma[l] * sigma[l];
        }
        double condition = sigma[0] / sigma[d - 1];
        double off = distance(f, towers.closest.of(Array.matrix(f), d)) - Math.sqrt(tail);
        return Math.abs(off) / (rounding * condition);
    }

    private static double floor(double[][] f) {
        double sum = 0;
        double[][] s = symmetric(f);
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < f.length; j++) {
                sum += Math.pow((f[i][j] - f[j][i]) / 2, 2);
            }
        }
        for (double v : Spectrum.symmetric(s)) {
            sum += v < 0 ? v * v : 0;
        }
        return Math.sqrt(sum);
    }

    private static double[][] symmetric(double[][] f) {
        double[][] s = new double[f.length][f.length];
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < f.length; j++) {
                s[i][j] = (f[i][j] + f[j][i]) / 2;
            }
        }
        return s;
    }

    /// The closest positive semidefinite table: `q qᵀ` of the best q.
    private static double[][] positivePart(double[][] f) {
        var eigen = Decompositions.symmetricEigen(Array.matrix(symmetric(f)));
        double[][] q = Matrices.rows(eigen.vectors());
        for (double[] row : q) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= Math.sqrt(Math.max(0, eigen.values().at(k)));
            }
        }
        Tensor tower = Tensor.of(Array.matrix(q));
        return between(DOT, tower, tower);
    }

    private static double inner(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Matrices.dot(a[i], b[i]);
        }
        return sum;
    }

    private static double[][] scaled(double[][] a, double s) {
        return Matrices.sum(a, s - 1, a);
    }

    private static double distance(double[][] a, double[][] b) {
        return Spectrum.frobenius(Matrices.sum(a, -1, b));
    }

    @Override
    public Tolerance<Towers, Case> tolerance() {
        return Tolerance.bound(
                (towers, c) -> 1,
                "once each of the bounds: the backward error of the eigenvalue and singular value solvers for each of n"
                        + " values, and as much for putting the matrix together again, times σ₁/σ_d for features; half a"
                        + " hundredth for a grid's floors, 0.15 for a slope between 8 and 32");
    }

    /// On the grid, over the table's norm.
    @Override
    public Optional<Picture> picture(Towers towers) {
        double[] d = {1, 2, 4, 8, 16, 32, 64};
        List<Picture.Line> lines = new ArrayList<>();
        for (Target target : List.of(Target.STEP, Target.DISTANCE, Target.CUBE)) {
            double[][] f = target.table();
            double norm = Spectrum.frobenius(f);
            Array table = Array.matrix(f);
            lines.add(
                    Picture.Line.measured(
                            target.toString(),
                            d,
                            of -> distance(f, towers.closest.of(table, (int) of)) / norm));
            lines.add(Picture.Line.bound("at least " + target.floor, d, of -> floor(f) / norm));
        }
        return Optional.of(
                new Picture(
                        "What one tower misses, and two of d coordinates",
                        Picture.Axis.powers("coordinates d"),
                        Picture.Axis.powers("distance, of the table's norm"),
                        lines));
    }

    @Override
    public List<Mutant<Towers>> mutants() {
        return List.of(
                Mutant.of(
                        "tied towers",
                        "one network for both, as in siamese similarity: stuck at the floor",
                        new Towers((f, d) -> features(f, d, true), true)),
                Mutant.of(
                        "one coordinate more than counted",
                        "rank cap off by one",
                        new Towers((f, d) -> features(f, Math.min(d + 1, f.dim(0)), false), false)),
                Mutant.of(
                        "at most one coordinate",
                        "a rank that is capped",
                        new Towers((f, d) -> features(f, 1, false), false)));
    }
}
