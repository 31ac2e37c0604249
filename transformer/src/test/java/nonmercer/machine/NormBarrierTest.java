package nonmercer.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import nonmercer.array.Array;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The derivatives and the inverse that [NormBarrier] has in closed form, against differences.
class NormBarrierTest {
    private static final int D = 3;
    private static final double LAMBDA = 0.7;
    private static final double MU = 0.3;
    private static final double STEP = 1e-4;

    private final Random random = new Random(5);

    private double[] drawn(double scale) {
        double[] x = new double[D];
        Arrays.setAll(x, n -> scale * random.nextGaussian());
        return x;
    }

    /// Around `‖v‖ₚ` of 1 to 2, with a `τ` of 4.
    private NormBarrier barrier(double p) {
        Array features = Array.matrix(drawn(1), drawn(1));
        Penalty penalty = random.nextBoolean() ? Penalty.NORM : Penalty.HALF_SQUARE;
        NormBarrier barrier = new NormBarrier(features, new Lp(p), penalty, LAMBDA, drawn(0.6), 4);
        barrier.prepare(MU);
        return barrier;
    }

    /// Differences of step h are off by h²/6 third derivatives, of size 10 here, and by rounding/h.
    @ParameterizedTest
    @ValueSource(doubles = {1.1, 1.5, 2, 3, 10})
    void slopeIsLimitOfDifferences(double p) {
        for (int round = 0; round < 20; round++) {
            NormBarrier barrier = barrier(p);
            NormBarrier.Point d = direction();
            double up = barrier.value(barrier.at().plus(STEP, d), MU);
            double down = barrier.value(barrier.at().plus(-STEP, d), MU);
            double slope = barrier.slope(d);
            assertEquals((up - down) / (2 * STEP), slope, 1e-5 * (1 + Math.abs(slope)));
        }
    }

    /// Newton's step d under a force is where, for every direction e, the slope of value and force
    /// along e and its change along d cancel.
    @ParameterizedTest
    @ValueSource(doubles = {1.1, 1.5, 2, 3, 10})
    void newtonsStepSolvesTheSecondOrderModel(double p) {
        for (int round = 0; round < 20; round++) {
            NormBarrier barrier = barrier(p);
            double[] force = drawn(1);
            NormBarrier.Point d = barrier.step().and(barrier.response(force));
            NormBarrier.Point start = barrier.at();
            for (int k = 0; k < 4; k++) {
                NormBarrier.Point e = direction();
                double slope = barrier.slope(e) + Dense.dot(force, e.v());
                barrier.moveTo(start.plus(STEP, d));
                double up = barrier.slope(e);
                barrier.moveTo(start.plus(-STEP, d));
                double down = barrier.slope(e);
                barrier.moveTo(start);
                assertEquals(-slope, (up - down) / (2 * STEP), 1e-4 * (1 + Math.abs(slope)));
            }
        }
    }

    /// The factor's product is the change of values by a force on them; and a force is found again
    /// from what the factor's transpose makes of it.
    @ParameterizedTest
    @ValueSource(doubles = {1.02, 1.1, 1.5, 2, 3, 10, 20})
    void theFactorIsOneOfTheResponse(double p) {
        for (int round = 0; round < 20; round++) {
            NormBarrier barrier = barrier(p);
            NormBarrier.Root root = barrier.root();
            double[] pulls = {random.nextGaussian(), random.nextGaussian()};
            double[] force = barrier.spread(pulls);
            double[] moved = barrier.values(barrier.response(force).v());
            double[] inner = Dense.transposedTimes(root.map(), pulls);
            double[] product = Dense.times(root.map(), inner);
            // Sums of six numbers of this size.
            assertArrayEquals(moved, Dense.scaled(product, -1), 1e-12);
            assertArrayEquals(force, barrier.force(root, inner), 1e-10);
        }
    }

    /// A direction that keeps `Σ r = τ`.
    private NormBarrier.Point direction() {
        double[] r = drawn(0.1);
        return new NormBarrier.Point(drawn(0.1), r, Arrays.stream(r).sum());
    }
}
