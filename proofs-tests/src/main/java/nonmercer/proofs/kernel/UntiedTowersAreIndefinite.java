package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;

/// The other direction, by a search: among 120 random sets of points one has a clearly negative
/// eigenvalue.
///
/// The forms are pinned and well rotated. A form drawn at random may have its numerical range in a
/// narrow cone about the positive half-line, where a search in float64 finds nothing (a rotation by
/// 5° gives -2e-5); those are the business of `LeastBlockEigenvalueOfRotationIsCosine`, which is
/// exact.
final class UntiedTowersAreIndefinite
        implements Claim<UntiedTowersAreIndefinite.Eigenvalues, UntiedTowersAreIndefinite.Case> {
    private static final int SETS = 120;
    private static final double LARGEST_SCORE = 30;

    /// The eigenvalues, ascending, of the symmetrised Gram matrix of `exp(xᵀ A y)` on points.
    interface Eigenvalues {
        double[] of(double[][] a, double[][] x);
    }

    /// A form, and the ratio of least and largest eigenvalue that some set of points must reach.
    record Case(String name, double[][] a, double ratio) {}

    @Override
    public String id() {
        return "C9b";
    }

    @Override
    public String statement() {
        return "for A not symmetric positive semidefinite there are points whose symmetrised Gram matrix of exp(xᵀ A"
                + " y) has a negative"
                + " eigenvalue";
    }

    @Override
    public Source source() {
        return Source.of(
                "this library",
                "the numerical range of A leaves [0, ∞), and the degree at which a power of it turns negative"
                        + " dominates");
    }

    @Override
    public String assumes() {
        return "A is far enough from positive semidefinite that float64 sees the sign: the margin is part of the cases";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Eigenvalues>> subjects() {
        return List.of(Subject.of("untied weights", (a, x) -> eigenvalues(Towers.of(a), x)));
    }

    private static double[] eigenvalues(Kernel kernel, double[][] x) {
        return Spectrum.symmetric(Towers.symmetrised(Pairs.gram(kernel, x, x)));
    }

    @Override
    public Cases<Case> cases(Eigenvalues subject) {
        return Cases.all(
                new Case("rotation by 10°", Towers.rotation(10), -0.02),
                new Case("rotation by 30°", Towers.rotation(30), -0.05),
                new Case("rotation by 45°", Towers.rotation(45), -0.05),
                new Case("rotation by 60°", Towers.rotation(60), -0.05),
                new Case("rotation by 90°", Towers.rotation(90), -0.05),
                new Case("rotation by 120°", Towers.rotation(120), -0.05),
                new Case(
                        "a cyclic shift of three axes",
                        new double[][] {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}},
                        -0.05),
                new Case(
                        "two planes turned by 60° and 100°",
                        blocks(Towers.rotation(60), Towers.rotation(100)),
                        -0.05),
                new Case("symmetric and indefinite", new double[][] {{1, 0}, {0, -1}}, -0.05));
    }

    private static double[][] blocks(double[][] a, double[][] b) {
        return new double[][] {
            {a[0][0], a[0][1], 0, 0},
            {a[1][0], a[1][1], 0, 0},
            {0, 0, b[0][0], b[0][1]},
            {0, 0, b[1][0], b[1][1]}
        };
    }

    @Override
    public double statistic(Eigenvalues subject, Case c) {
        double least = Double.POSITIVE_INFINITY;
        RandomStream random = RandomStream.of(9).at(c.name);
        for (int set = 0; set < SETS; set++) {
            double[] e = subject.of(c.a, points(random.at(set), c.a));
            least = Math.min(least, e[0] / e[e.length - 1]);
        }
        return least;
    }

    /// Between 2 and 30 points, in every other set on one sphere, with a largest score of up to 30.
    /// A small angle shows only at a high degree, and so in points far out of nearly one norm.
    private static double[][] points(RandomStream random, double[][] a) {
        boolean sphere = random.nextBoolean();
        double[][] x = new double[2 + random.nextInt(29)][a.length];
        for (double[] row : x) {
            Arrays.setAll(row, l -> random.nextGaussian());
            if (sphere) {
                double norm = Math.sqrt(Pairing.DOT.at(row, row));
                Arrays.setAll(row, l -> row[l] / norm);
            }
        }
        double largest = 0;
        for (double[] y : x) {
            for (double[] z : x) {
                largest = Math.max(largest, Math.abs(form(y, a, z)));
            }
        }
        double scale = Math.sqrt(LARGEST_SCORE * random.nextDouble() / largest);
        for (double[] row : x) {
            for (int l = 0; l < row.length; l++) {
                row[l] *= scale;
            }
        }
        return x;
    }

    /// `yᵀ A z`.
    private static double form(double[] y, double[][] a, double[] z) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < z.length; j++) {
                sum += y[i] * a[i][j] * z[j];
            }
        }
        return sum;
    }

    @Override
    public Tolerance<Eigenvalues, Case> tolerance() {
        return Tolerance.bound(
                (s, c) -> c.ratio,
                "a ratio of -0.05, or -0.02 at 10°: 10¹² times what rounding can do; the search is over fixed sets of"
                        + " points");
    }

    /// Tokens of one norm under a rotation by 60°.
    @Override
    public Optional<Picture> picture(Eigenvalues subject) {
        double[][] x = new double[12][];
        for (int i = 0; i < x.length; i++) {
            double angle = 2 * Math.PI * i / x.length;
            x[i] = new double[] {2 * Math.cos(angle), 2 * Math.sin(angle)};
        }
        double[] e = subject.of(Towers.rotation(60), x);
        return Optional.of(
                Picture.spectrum(
                        "Eigenvalues on a circle, the form turned by 60°",
                        e,
                        Spectrum.rounding(x.length, x.length * Math.exp(4))));
    }

    @Override
    public List<Mutant<Eigenvalues>> mutants() {
        return List.of(
                Mutant.of(
                        "form silently symmetrised",
                        "folklore",
                        (a, x) -> eigenvalues(Towers.of(Towers.symmetrised(a)), x)),
                Mutant.of(
                        "absolute values of the eigenvalues",
                        "folklore",
                        (a, x) -> {
                            double[] e = eigenvalues(Towers.of(a), x);
                            Arrays.setAll(e, i -> Math.abs(e[i]));
                            Arrays.sort(e);
                            return e;
                        }),
                Mutant.of(
                        "the projected query for both arguments",
                        "folklore",
                        (a, x) -> eigenvalues(Towers.of(a, a), x)));
    }
}
