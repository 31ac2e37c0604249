package nonmercer.proofs.machine;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import nonmercer.array.Array;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Traits;
import nonmercer.linalg.Decompositions;
import nonmercer.machine.KernelSvd;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// What one tower cannot reach and two can: distances in the Frobenius norm, attained.
final class TiedTowersMissTheIndefinitePart
        implements Claim<TiedTowersMissTheIndefinitePart.Floor, double[][]> {
    /// The least distance of a table from tied towers.
    interface Floor {
        double of(double[][] f);
    }

    @Override
    public String id() {
        return "C14";
    }

    @Override
    public String statement() {
        return "for all square tables F and all q: ‖F - q qᵀ‖² ≥ ‖(F - Fᵀ)/2‖² + Σ min(0, λ)² over the eigenvalues λ of (F + Fᵀ)/2; two towers of rank d reach √Σ_{l>d} σ_l² and nothing less";
    }

    @Override
    public Source source() {
        return Source.of(
                "Higham 1988; Eckart & Young 1936",
                "Theorem 2.1; the truncated singular value decomposition");
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Floor>> subjects() {
        return List.of(Subject.of("asymmetric and negative part", f -> floor(f, true, true)));
    }

    private static double floor(double[][] f, boolean asymmetric, boolean negative) {
        int n = f.length;
        double sum = 0;
        double[][] s = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i][j] = (f[i][j] + f[j][i]) / 2;
                double a = (f[i][j] - f[j][i]) / 2;
                sum += asymmetric ? a * a : 0;
            }
        }
        for (double v : Spectrum.symmetric(s)) {
            sum += negative && v < 0 ? v * v : 0;
        }
        return Math.sqrt(sum);
    }

    @Override
    public Cases<double[][]> cases(Floor floor) {
        return Cases.random(80, integers().between(2, 8).flatMap(n -> Points.in(n, n, 2)));
    }

    /// The floor must be attained by the positive part of the symmetric part; and singular features
    /// of the library must attain Eckart and Young's.
    @Override
    public double statistic(Floor floor, double[][] f) {
        int n = f.length;
        double[][] s = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i][j] = (f[i][j] + f[j][i]) / 2;
            }
        }
        var eigen = Decompositions.symmetricEigen(Array.matrix(s));
        double[][] left = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                left[i][j] = f[i][j];
                for (int k = 0; k < n; k++) {
                    double v = Math.max(0, eigen.values().at(k));
                    left[i][j] -= v * eigen.vectors().get(i, k) * eigen.vectors().get(j, k);
                }
            }
        }
        double attained = Math.abs(Spectrum.frobenius(left) - floor.of(f));
        double[] sigma = Spectrum.singular(f);
        int d = Math.max(1, n / 2);
        if (sigma[d - 1] < 0.01) {
            return attained;
        }
        Array rest =
                KernelSvd.of(
                                new Table(Array.matrix(f)),
                                Coordinates.identity(n),
                                Coordinates.identity(n),
                                d)
                        .left();
        double[][] u = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < d; k++) {
                u[i][k] = rest.get(i, k);
            }
        }
        double[][] projected = Matrices.times(u, Matrices.times(Matrices.transposed(u), f));
        double missed = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                missed += (f[i][j] - projected[i][j]) * (f[i][j] - projected[i][j]);
            }
        }
        double tail = 0;
        for (int l = d; l < n; l++) {
            tail += sigma[l] * sigma[l];
        }
        return Math.max(attained, Math.abs(Math.sqrt(missed) - Math.sqrt(tail)));
    }

    /// `κ(x, y) = xᵀ F y`.
    private record Table(Array f) implements Featured {
        @Override
        public double at(double[] q, double[] k) {
            double sum = 0;
            for (int i = 0; i < q.length; i++) {
                for (int j = 0; j < k.length; j++) {
                    sum += q[i] * f.get(i, j) * k[j];
                }
            }
            return sum;
        }

        @Override
        public Traits traits() {
            return Traits.none();
        }

        @Override
        public String formula() {
            return "qᵀFk";
        }

        @Override
        public FeatureMap features() {
            return new Coordinates(f, Coordinates.identity(f.dim(0)));
        }
    }

    @Override
    public Tolerance<Floor, double[][]> tolerance() {
        return Tolerance.bound(
                (floor, f) ->
                        8
                                * Math.sqrt(f.length)
                                * Spectrum.rounding(f.length, Spectrum.frobenius(f)),
                "the backward error of the eigenvalue and singular value solvers, for each of n values, twice, and as much"
                        + " for putting the matrix together again");
    }

    @Override
    public List<Mutant<Floor>> mutants() {
        return List.of(
                Mutant.of(
                        "the asymmetric part forgotten",
                        "symmetrising silently",
                        f -> floor(f, false, true)),
                Mutant.of(
                        "negative eigenvalues forgotten",
                        "absolute values of eigenvalues",
                        f -> floor(f, true, false)));
    }
}
