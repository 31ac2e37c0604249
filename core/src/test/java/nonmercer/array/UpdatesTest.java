package nonmercer.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nonmercer.lanes.AdamStep;
import org.junit.jupiter.api.Test;

final class UpdatesTest {
    /// Three steps against Algorithm 2 of Loshchilov & Hutter 2019 written out; some 20 roundings
    /// of numbers near one.
    @Property(tries = 50)
    void adamIsItsAlgorithm(@ForAll long seed, @ForAll @IntRange(max = 100) int n) {
        double eta = 0.01;
        double lambda = 0.1;
        Array p = Numbers.gaussian(DType.FLOAT64, Shape.of(n), seed);
        Array m = Array.zeros(DType.FLOAT64, p.shape());
        Array v = Array.zeros(DType.FLOAT64, p.shape());
        double[] theta = p.toDoubles();
        double[] first = new double[n];
        double[] second = new double[n];
        for (int t = 1; t <= 3; t++) {
            Array g = Numbers.gaussian(DType.FLOAT64, p.shape(), seed + t);
            Updates.adam(AdamStep.of(t, eta, 0.9, 0.999, 1e-8, lambda), p, g, m, v);
            for (int i = 0; i < n; i++) {
                first[i] = 0.9 * first[i] + 0.1 * g.at(i);
                second[i] = 0.999 * second[i] + 0.001 * g.at(i) * g.at(i);
                double unbiased = first[i] / (1 - Math.pow(0.9, t));
                double scale = Math.sqrt(second[i] / (1 - Math.pow(0.999, t))) + 1e-8;
                theta[i] -= eta * unbiased / scale + eta * lambda * theta[i];
                assertEquals(theta[i], p.at(i), 1e-14 * (1 + Math.abs(theta[i])));
            }
        }
    }

    @Test
    void momentumIsItsFormula() {
        Array p = Array.vector(1, 2);
        Array v = Array.vector(10, -10);
        Updates.momentum(0.5, 0.25, 0.125, p, Array.vector(1, 2), v);
        assertEquals(Array.vector(3.5, -0.5), v);
        assertEquals(Array.vector(1 - 0.125 - 1.75, 2 - 0.25 + 0.25), p);
    }
}
