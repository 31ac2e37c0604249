package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.experiment.Approximation.Found;
import nonmercer.experiment.Approximation.Point;
import nonmercer.experiment.FeatureFamily.Group;
import nonmercer.feature.Target;
import nonmercer.io.BadInputException;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApproximationTest {
    private static final HeadSamples SMALL = drawn(2, 4, 24, 0.5, 0, 0);

    private static HeadSamples drawn(
            int heads, int d, int length, double scale, double offset, double spread) {
        return new HeadSamples.Drawing(heads, d, length, scale, offset, spread)
                .draw(RandomStream.of(5));
    }

    private static FeatureFamily named(String name) {
        return FeatureFamilies.of(Target.SOFTMAX).stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Found run(HeadSamples data, List<Integer> budgets, FeatureFamily... families) {
        return run(Target.SOFTMAX, data, budgets, List.of(families));
    }

    private static Found run(
            Target target, HeadSamples data, List<Integer> budgets, List<FeatureFamily> families) {
        return new Approximation(
                        target,
                        data,
                        families,
                        budgets,
                        5,
                        3,
                        32,
                        work -> {
                            work.run();
                            return 1e-3;
                        })
                .run((family, budget, number, of) -> {});
    }

    /// `exp(q·k/√d)` takes a row to within rounding if the features are those of all keys at once:
    /// `φ(q) = (exp(q·kⱼ/√d))ⱼ` and `ψ(kⱼ) = eⱼ`.
    private record Exact(Tensor keys) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return keys.dim(2);
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return q.matmul(keys.permute(0, 1, 3, 2)).scale(1 / Math.sqrt(q.dim(-1))).exp();
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            int n = keys.dim(2);
            double[] unit = new double[n * n];
            for (int i = 0; i < n; i++) {
                unit[i * n + i] = 1;
            }
            return Tensor.of(
                            nonmercer.array.Array.of(nonmercer.array.Shape.of(n, n), unit)
                                    .cast(k.dtype()))
                    .broadcastTo(nonmercer.array.Shape.of(k.dim(0), k.dim(1), n, n));
        }
    }

    @Test
    void featuresThatAreExactHaveNoError() {
        Tensor keys = SMALL.items().getFirst().k();
        FeatureFamily exact =
                new FeatureFamily(
                        "exact",
                        Group.OTHERS,
                        false,
                        (most, data, stream) ->
                                Optional.of(FeatureFamily.Made.safe(new Exact(keys))));
        // As many rows as keys, so that the same map serves the measurement of time.
        Approximation approximation =
                new Approximation(
                        Target.SOFTMAX, SMALL, List.of(exact), List.of(24), 2, 1, 24, w -> 1);
        Point p = approximation.run((f, b, n, of) -> {}).points().getFirst();
        // Two ways of 24 products of 4 terms, a polynomial of 0.8 ulp and a sum of 24, of weights
        // that sum to 1: fewer than 100 roundings of 1.1e-16, twice.
        assertEquals(0, p.rowError(), 2.3e-14);
        assertEquals(0, p.outputError(), 2.3e-14);
        assertEquals(0, p.lost());
    }

    @Test
    void theErrorOfUnbiasedFeaturesFallsLikeOneOverTheRootOfTheirNumber() {
        Found found =
                run(drawn(2, 4, 48, 0.5, 0, 0), List.of(64, 1024), named("positive, independent"));
        double ratio = found.points().get(0).rowError() / found.points().get(1).rowError();
        // 4 in the limit. The errors of 5 draws x 96 rows scatter by less than 15 % each at this
        // pinned seed; a rate of 1/m would give 16, one of m^(-1/4) 2.
        assertTrue(ratio > 3 && ratio < 5.3, "ratio " + ratio);
    }

    @Test
    void equalSeedsGiveEqualBits() {
        FeatureFamily[] families = {named("positive (FAVOR+)"), named("random Maclaurin")};
        Found a = run(SMALL, List.of(16, 32), families);
        Found b = run(SMALL, List.of(16, 32), families);
        assertEquals(a.points().size(), b.points().size());
        for (int i = 0; i < a.points().size(); i++) {
            assertArrayEquals(a.points().get(i).rowErrors(), b.points().get(i).rowErrors());
            assertArrayEquals(a.points().get(i).outputErrors(), b.points().get(i).outputErrors());
        }
        double[] draws = a.points().getFirst().rowErrors();
        assertNotEquals(draws[0], draws[1], "draws differ");
    }

    @Test
    void whatAPreconditionerTakesAwayLowersTheError() {
        HeadSamples data = drawn(2, 8, 64, 0.8, 0.5, 0.7);
        Found found =
                run(
                        data,
                        List.of(64),
                        named("positive (FAVOR+)"),
                        named("positive, centred"),
                        named("positive, centred and rescaled"));
        double plain = found.points().get(0).rowError();
        double centred = found.points().get(1).rowError();
        double both = found.points().get(2).rowError();
        assertTrue(both < centred && centred < plain, plain + " " + centred + " " + both);
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void everyFamilyIsMeasuredInSmallHeads(Target target) {
        List<FeatureFamily> families = FeatureFamilies.of(target);
        assertEquals(
                families.size(),
                families.stream().map(FeatureFamily::name).distinct().count(),
                "names are different");
        Found found = run(target, SMALL, List.of(8, 81), families);
        List<String> missing = new ArrayList<>();
        for (FeatureFamily f : families) {
            if (found.at(f, 81).isEmpty()) {
                missing.add(f.name());
            }
            for (Point p : found.of(f)) {
                assertTrue(p.features() <= 81, f.name());
                assertTrue(p.rowError() > 0 && Double.isFinite(p.rowError()), f.name());
                assertEquals(f.random() ? 5 : 1, p.rowErrors().length, f.name());
                // Where no weight is negative a row of errors is at most 2.
                assertTrue(p.risk().isPresent() || p.rowError() <= 2, f.name());
                assertTrue(p.risk().isPresent() || p.lost() == 0, f.name());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void whatCanVanishIsFlaggedAndItsRowsAreCounted() {
        HeadSamples far = drawn(1, 8, 32, 2, 0, 0);
        Found found = run(far, List.of(16), named("trigonometric"), named("ReLU"));
        for (Point p : found.points()) {
            assertTrue(p.risk().isPresent(), p.family().name());
        }
        assertTrue(found.points().getFirst().lost() > 0);
        assertTrue(found.points().getFirst().lost() < 1);
    }

    @Test
    void featuresThatCannotResolveTheKernelSaySo() {
        FeatureFamily positive = named("positive, independent");
        assertTrue(
                run(SMALL, List.of(64), positive)
                        .points()
                        .getFirst()
                        .resolution()
                        .orElseThrow()
                        .resolves());
        assertFalse(
                run(drawn(1, 64, 32, 1, 0, 0), List.of(64), positive)
                        .points()
                        .getFirst()
                        .resolution()
                        .orElseThrow()
                        .resolves());
    }

    @Test
    void errorsInATimeLieBetweenThoseOfTwoPoints() {
        FeatureFamily f = named("elu+1");
        Found found =
                new Found(
                        List.of(point(f, 16, 0.8, 1), point(f, 64, 0.2, 4), point(f, 128, 0.1, 9)),
                        1);
        assertEquals(OptionalDouble.empty(), found.inTime(f, 0.5));
        assertEquals(0.8, found.inTime(f, 1).orElseThrow(), 1e-15);
        // Half-way between 1 and 4 on a logarithmic scale, so half-way between 0.8 and 0.2.
        assertEquals(0.4, found.inTime(f, 2).orElseThrow(), 1e-15);
        assertEquals(0.1, found.inTime(f, 100).orElseThrow(), 1e-15);
        assertEquals(64, found.at(f, 100).orElseThrow().features());
        assertEquals(Optional.empty(), found.at(f, 15));
    }

    @Test
    void theConstantMapIsTheMeanOfTheValues() {
        FeatureFamily constant = named(FeatureFamilies.CONSTANT);
        Found found = run(SMALL, List.of(8), constant);
        Point p = found.constant(8).orElseThrow();
        assertEquals(1, p.features());
        assertEquals(Optional.empty(), run(SMALL, List.of(8), named("elu+1")).constant(8));
        // Its rows of weights are 1/24 each.
        Tensor weights =
                nonmercer.attention.Attention.of(new nonmercer.kernel.ExpDot())
                        .weights(
                                SMALL.items().getFirst().q(),
                                SMALL.items().getFirst().k(),
                                nonmercer.attention.Mask.none(),
                                Pass.evaluation());
        double error = 0;
        for (double w : weights.value().toDoubles()) {
            error += Math.abs(w - 1 / 24.0);
        }
        // 1152 roundings of numbers below 1, over 48 rows.
        assertEquals(error / 48, p.rowError(), 1e-14);
    }

    private static Point point(FeatureFamily f, int features, double error, double seconds) {
        return new Point(
                f,
                features,
                new double[] {error},
                new double[] {error},
                seconds,
                Optional.empty(),
                0,
                Optional.empty());
    }

    @Test
    void whatCannotBeComparedIsRefusedInASentence() {
        assertSentence("at least two seeds", () -> of(List.of(8), 1, 8));
        assertSentence("numbers of them, each at least 1", () -> of(List.of(), 2, 8));
        assertSentence("numbers of them, each at least 1", () -> of(List.of(0), 2, 8));
        assertSentence("at least one row", () -> of(List.of(8), 2, 0));
        assertSentence("one head, one coordinate", () -> drawn(0, 4, 8, 1, 0, 0));
        assertSentence("scale of queries and keys is positive", () -> drawn(1, 4, 8, 0, 0, 0));
        assertSentence("scale of queries and keys is positive", () -> drawn(1, 4, 8, 1, -1, 0));
    }

    private static void of(List<Integer> budgets, int seeds, int rows) {
        new Approximation(Target.SOFTMAX, SMALL, List.of(), budgets, seeds, 1, rows, w -> 1);
    }

    private static void assertSentence(String part, Runnable wrong) {
        BadInputException e = assertThrows(BadInputException.class, wrong::run);
        assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    }
}
