package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.GradCheck;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Sample;
import org.junit.jupiter.api.Test;

/// The causal product in both directions, against its definition and differences.
class PrefixProductTest {
    /// The op itself in both directions, with levels that rise: against its definition, and its
    /// gradients, those of the levels among them.
    @Test
    void prefixProductsWithDecay() {
        Array a = Sample.normal("a", DType.FLOAT64, 2, 7, 3);
        Array b = Sample.normal("b", DType.FLOAT64, 2, 7, 3);
        Array c = Sample.normal("c", DType.FLOAT64, 2, 7, 2);
        double[] r = new double[14];
        for (int i = 0; i < 14; i++) {
            r[i] = (i % 7) * 0.4 + (i % 3 == 0 ? 0.1 : 0);
        }
        Array levels = Array.of(Shape.of(2, 7), r);
        for (PrefixProduct.Order order : PrefixProduct.Order.values()) {
            PrefixProduct op = new PrefixProduct(order, 3);
            Array y =
                    Tensor.apply(op, Tensor.of(a), Tensor.of(b), Tensor.of(c), Tensor.of(levels))
                            .value();
            for (int i = 0; i < 14; i++) {
                for (int l = 0; l < 2; l++) {
                    double sum = 0;
                    for (int j = i / 7 * 7; j < i / 7 * 7 + 7; j++) {
                        if (order == PrefixProduct.Order.FORTH ? j <= i : j >= i) {
                            double w = 0;
                            for (int p = 0; p < 3; p++) {
                                w += a.at(i * 3 + p) * b.at(j * 3 + p);
                            }
                            sum += Math.exp(-Math.abs(r[i] - r[j])) * w * c.at(j * 2 + l);
                        }
                    }
                    assertEquals(sum, y.at(i * 2 + l), 1e-13);
                }
            }
            for (int times = 1; times <= 2; times++) {
                GradCheck.of(x -> Tensor.apply(op, x.get(0), x.get(1), x.get(2), x.get(3)))
                        .at(a, b, c, levels)
                        .order(times)
                        .check()
                        .orThrow();
            }
        }
    }
}
