// twin: float
package nonmercer.lanes;

import static nonmercer.lanes.DoubleFold.BY_1;
import static nonmercer.lanes.DoubleFold.BY_2;
import static nonmercer.lanes.DoubleFold.BY_4;
import static nonmercer.lanes.DoubleFold.BY_8;
import static nonmercer.lanes.DoubleFold.PARTS;
import static nonmercer.lanes.DoubleSpecies.LANES;
import static nonmercer.lanes.DoubleSpecies.SPECIES;

import jdk.incubator.vector.DoubleVector;

/// The pullback of a normalised row in two passes, with the bits of the seven of
/// [DoubleLanes#standardiseGradient]: the first takes the sums, the second computes x̂ and h again,
/// which costs less than to store them.
final class VectorDoubleNorm {
    private static final int S = DoubleLanes.STRIPE;

    private VectorDoubleNorm() {}

    /// Whether a row has whole blocks of four stripes, and the stripes are whole vectors.
    static boolean takes(int n) {
        return PARTS == 1 && n % (4 * S) == 0 && n <= DoubleLanes.CHUNK;
    }

    static void gradient(
            double[] x,
            int xo,
            double mean,
            double inverse,
            double[] gain,
            double[] g,
            int go,
            double[] dx,
            int dxo,
            double[] gains,
            double[] biases,
            int so,
            int n) {
        DoubleVector centre = DoubleVector.broadcast(SPECIES, mean);
        DoubleVector scale = DoubleVector.broadcast(SPECIES, inverse);
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector t0 = s0;
        DoubleVector t1 = s0;
        DoubleVector t2 = s0;
        DoubleVector t3 = s0;
        for (int i = 0; i < n; i += 4 * S) {
            DoubleVector g0 = DoubleVector.fromArray(SPECIES, g, go + i);
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, xo + i).sub(centre).mul(scale);
            DoubleVector h0 = g0.mul(DoubleVector.fromArray(SPECIES, gain, i));
            s0 = s0.add(h0);
            t0 = h0.fma(x0, t0);
            g0.fma(x0, DoubleVector.fromArray(SPECIES, gains, so + i)).intoArray(gains, so + i);
            DoubleVector.fromArray(SPECIES, biases, so + i).add(g0).intoArray(biases, so + i);
            DoubleVector g1 = DoubleVector.fromArray(SPECIES, g, go + i + S);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, xo + i + S).sub(centre).mul(scale);
            DoubleVector h1 = g1.mul(DoubleVector.fromArray(SPECIES, gain, i + S));
            s1 = s1.add(h1);
            t1 = h1.fma(x1, t1);
            g1.fma(x1, DoubleVector.fromArray(SPECIES, gains, so + i + S))
                    .intoArray(gains, so + i + S);
            DoubleVector.fromArray(SPECIES, biases, so + i + S)
                    .add(g1)
                    .intoArray(biases, so + i + S);
            DoubleVector g2 = DoubleVector.fromArray(SPECIES, g, go + i + 2 * S);
            DoubleVector x2 =
                    DoubleVector.fromArray(SPECIES, x, xo + i + 2 * S).sub(centre).mul(scale);
            DoubleVector h2 = g2.mul(DoubleVector.fromArray(SPECIES, gain, i + 2 * S));
            s2 = s2.add(h2);
            t2 = h2.fma(x2, t2);
            g2.fma(x2, DoubleVector.fromArray(SPECIES, gains, so + i + 2 * S))
                    .intoArray(gains, so + i + 2 * S);
            DoubleVector.fromArray(SPECIES, biases, so + i + 2 * S)
                    .add(g2)
                    .intoArray(biases, so + i + 2 * S);
            DoubleVector g3 = DoubleVector.fromArray(SPECIES, g, go + i + 3 * S);
            DoubleVector x3 =
                    DoubleVector.fromArray(SPECIES, x, xo + i + 3 * S).sub(centre).mul(scale);
            DoubleVector h3 = g3.mul(DoubleVector.fromArray(SPECIES, gain, i + 3 * S));
            s3 = s3.add(h3);
            t3 = h3.fma(x3, t3);
            g3.fma(x3, DoubleVector.fromArray(SPECIES, gains, so + i + 3 * S))
                    .intoArray(gains, so + i + 3 * S);
            DoubleVector.fromArray(SPECIES, biases, so + i + 3 * S)
                    .add(g3)
                    .intoArray(biases, so + i + 3 * S);
        }
        s0 = s0.add(s2).add(s1.add(s3));
        t0 = t0.add(t2).add(t1.add(t3));
        if (LANES > 8) {
            s0 = s0.add(s0.rearrange(BY_8));
            t0 = t0.add(t0.rearrange(BY_8));
        }
        if (LANES > 4) {
            s0 = s0.add(s0.rearrange(BY_4));
            t0 = t0.add(t0.rearrange(BY_4));
        }
        if (LANES > 2) {
            s0 = s0.add(s0.rearrange(BY_2));
            t0 = t0.add(t0.rearrange(BY_2));
        }
        double level = (0.0 + s0.add(s0.rearrange(BY_1)).lane(0)) / n;
        double slope = (0.0 + t0.add(t0.rearrange(BY_1)).lane(0)) / n;
        for (int i = 0; i < n; i += LANES) {
            DoubleVector hat = DoubleVector.fromArray(SPECIES, x, xo + i).sub(centre).mul(scale);
            DoubleVector h =
                    DoubleVector.fromArray(SPECIES, g, go + i)
                            .mul(DoubleVector.fromArray(SPECIES, gain, i));
            DoubleVector.broadcast(SPECIES, -slope)
                    .fma(hat, h.sub(level))
                    .mul(scale)
                    .intoArray(dx, dxo + i);
        }
    }
}
