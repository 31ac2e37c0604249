package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// How close each family of siamese similarities comes to a table, and that two towers alone have
/// no floor.
final class SimilaritiesFormAHierarchy
        implements Claim<SimilaritiesFormAHierarchy.Floors, double[][]> {
    /// The least distances from a square table of: ⟨q, q⟩; ⟨q, q⟩ + u + u; Σ λ q q; two towers.
    interface Floors {
        double[] of(double[][] f);
    }

    @Override
    public String id() {
        return "L2";
    }

    @Override
    public String statement() {
        return "for all square tables F: the least distances of inner products q·q, of shifted ones q·q + u + uᵀ, of weighted ones Σ λₗ qₗ qₗᵀ and of two towers never rise in this order; the third is ‖(F - Fᵀ)/2‖, the fourth 0; and -|t - s| has a first one above 0 and a second one of 0";
    }

    @Override
    public Source source() {
        return Source.of(
                "Okuno et al. 2019 (SIPS); Kim et al. 2019 (WIPS)",
                "the classes of similarities; Higham 1988, Theorem 2.1, for the distances");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Floors>> subjects() {
        return List.of(Subject.of("by eigenvalues", f -> floors(f, true)));
    }

    private static double[] floors(double[][] f, boolean doubly) {
        int n = f.length;
        double[][] symmetric = new double[n][n];
        double anti = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric[i][j] = (f[i][j] + f[j][i]) / 2;
                anti += (f[i][j] - f[j][i]) * (f[i][j] - f[j][i]) / 4;
            }
        }
        double inner = Math.sqrt(anti + negative(symmetric));
        double shifted = Math.sqrt(anti + negative(centred(symmetric, doubly)));
        return new double[] {inner, shifted, Math.sqrt(anti), 0};
    }

    private static double negative(double[][] a) {
        double sum = 0;
        for (double v : Spectrum.symmetric(a)) {
            sum += v < 0 ? v * v : 0;
        }
        return sum;
    }

    /// `(I - 11ᵀ/n) A (I - 11ᵀ/n)`: what no `u + uᵀ` can change. The part that it takes away is of
    /// the form `u + uᵀ`, so the floor is the centred table's distance from the cone.
    private static double[][] centred(double[][] a, boolean doubly) {
        int n = a.length;
        double[] mean = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean[i] += a[i][j] / n;
                all += a[i][j] / n / n;
            }
        }
        double[][] c = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                c[i][j] = a[i][j] - (doubly ? mean[i] + mean[j] - all : all);
            }
        }
        return c;
    }

    @Override
    public Cases<double[][]> cases(Floors floors) {
        return Cases.random(120, integers().between(2, 12).flatMap(n -> Points.in(n, n, 2)))
                .hitting("not symmetric", 0.8, f -> f[0][1] != f[1][0]);
    }

    /// How far the floors rise, how far those of -|t - s| are from what they should be, and how far
    /// the third is from the antisymmetric part, on this table and on a grid of its size.
    @Override
    public double statistic(Floors floors, double[][] f) {
        int n = f.length;
        double[] e = floors.of(f);
        double worst = Math.max(e[3], 0);
        for (int l = 1; l < e.length; l++) {
            worst = Math.max(worst, e[l] - e[l - 1]);
        }
        double[][] line = new double[n][n];
        double anti = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                line[i][j] = -Math.abs(i - j);
                anti += (f[i][j] - f[j][i]) * (f[i][j] - f[j][i]) / 4;
            }
        }
        double[] distance = floors.of(line);
        worst = Math.max(worst, Math.abs(e[2] - Math.sqrt(anti)));
        // A positive semidefinite table has no negative trace direction: -|t - s| has the value -1
        // at
        // (0, 1) with zeros beside it, an eigenvalue of at most -1.
        worst = Math.max(worst, 1 - distance[0]);
        return Math.max(worst, distance[1]);
    }

    /// Floors are roots of sums of squares: what rounding leaves of a zero eigenvalue stays of its
    /// size.
    @Override
    public Tolerance<Floors, double[][]> tolerance() {
        return Tolerance.bound(
                (floors, f) ->
                        Spectrum.rounding(
                                        f.length,
                                        Spectrum.frobenius(f) + (double) f.length * f.length)
                                * Math.sqrt(f.length),
                "the backward error of the eigenvalue solver for the table and for the grid's");
    }

    @Override
    public List<Mutant<Floors>> mutants() {
        return List.of(
                Mutant.of(
                        "the mean taken off once",
                        "centred by one number, not by rows and columns",
                        f -> floors(f, false)),
                Mutant.of(
                        "weighted inner products without a floor",
                        "λₗ < 0 taken for asymmetry",
                        f -> {
                            double[] e = floors(f, true);
                            return new double[] {e[0], e[1], 0, 0};
                        }));
    }
}
