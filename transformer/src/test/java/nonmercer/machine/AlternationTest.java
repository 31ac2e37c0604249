package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.Linear;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products of linear functions of unit vectors: the two functions are any vectors f and g, and
/// what each could gain alone is a closed form.
class AlternationTest {
    private static BinaryMachine solved(Array z, double lambda) {
        int n = z.dim(0);
        int m = z.dim(1);
        int d = Math.max(n, m);
        return new BinaryProblem(
                        SpacePair.of(new Linear(Coefficient.of(1))),
                        unit(n, d),
                        unit(m, d),
                        Responses.all(z))
                .solve(Coupling.PRODUCT, Objective.of(Loss.squared(), lambda));
    }

    private static Array unit(int n, int d) {
        double[] e = new double[n * d];
        for (int i = 0; i < n; i++) {
            e[i * d + i] = 1;
        }
        return Array.of(Shape.of(n, d), e);
    }

    /// `½ Σ (zᵢⱼ - fᵢ gⱼ)² + λ/2 (|f|² + |g|²)`.
    private static double value(Array z, double lambda, double[] f, double[] g) {
        double sum = lambda / 2 * (Dense.dot(f, f) + Dense.dot(g, g));
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < g.length; j++) {
                sum += Math.pow(z.get(i, j) - f[i] * g[j], 2) / 2;
            }
        }
        return sum;
    }

    /// The best f for this g: `fᵢ = Σ zᵢⱼ gⱼ / (|g|² + λ)`.
    private static double[] best(Array z, double lambda, double[] g) {
        double[] f = new double[z.dim(0)];
        for (int i = 0; i < f.length; i++) {
            for (int j = 0; j < g.length; j++) {
                f[i] += z.get(i, j) * g[j] / (Dense.dot(g, g) + lambda);
            }
        }
        return f;
    }

    /// The report, against what each function could gain alone.
    private static Report checked(Array z, double lambda) {
        BinaryMachine machine = solved(z, lambda);
        int d = Math.max(z.dim(0), z.dim(1));
        double[] f = machine.f().at(unit(z.dim(0), d));
        double[] g = machine.g().at(unit(z.dim(1), d));
        Report report = machine.report();
        double value = value(z, lambda, f, g);
        double rounding = 1e-13 * (1 + value);
        assertEquals(value, report.objective(), rounding);
        double byQueries = value(z, lambda, best(z, lambda, g), g);
        double byKeys = value(z, lambda, f, best(Dense.transposed(z), lambda, f));
        double gain = Math.max(0, value - byQueries) + Math.max(0, value - byKeys);
        assertTrue(report.gap() >= gain - rounding, report + ", but alone they gain " + gain);
        return report;
    }

    /// Two singular values that differ by 3/1000 of themselves: hundreds of rounds do not part
    /// them.
    @Test
    void roundsThatRunOutAreNoSolution() {
        Array z = Array.matrix(new double[] {-1.0015, 0.0017}, new double[] {0.0012, -1});
        Report report = checked(z, 1e-6);
        assertTrue(report.gap() > 1e-6, report::toString);
        assertFalse(report.converged());
        assertTrue(
                checked(Array.matrix(new double[] {2, 0.1}, new double[] {0, 1}), 1e-6)
                        .converged());
    }

    @Property(tries = 100)
    void theGapIsWhatEachFunctionCouldGainAlone(
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 5) int m,
            @ForAll @DoubleRange(min = -6, max = 1) double exponent,
            @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Array z = Array.of(Shape.of(n, m), random.doubles((long) n * m, -2, 2).toArray());
        checked(z, Math.pow(10, exponent));
    }

    /// One point: `½(z - a² s)² + 2λ√s` over `s = f g ≥ 0`, where `λ|f| + λ|g|` is least for equal
    /// ones. Zero is a local minimum of it.
    @ParameterizedTest
    @CsvSource({"0.1, 10, 0.1", "0.3, 3, 0.1", "1, 2, 0.5", "5, 0.1, 1e-3", "0.1, 1, 10"})
    void productsOfNormsAreNotStuckAtZero(double a, double z, double lambda) {
        Array point = Array.matrix(new double[] {a});
        Report report =
                new BinaryProblem(
                                SpacePair.of(new Linear(Coefficient.of(1))),
                                point,
                                point,
                                Responses.all(Array.matrix(new double[] {z})))
                        .solve(
                                Coupling.PRODUCT,
                                Objective.of(Loss.squared(), lambda).with(Penalty.NORM))
                        .report();
        double least = z * z / 2;
        for (int k = 0; k <= 100000; k++) {
            double s = 1.5 * z / (a * a) * k / 100000;
            least = Math.min(least, Math.pow(z - a * a * s, 2) / 2 + 2 * lambda * Math.sqrt(s));
        }
        assertEquals(least, report.objective(), 1e-6 * least);
    }
}
