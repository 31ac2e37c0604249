package nonmercer.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.FusedLinear;
import nonmercer.kernel.Projected;
import nonmercer.kernel.Sample;
import nonmercer.linalg.Transpose;
import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attention through features block by block against all of its pairs in ordinary operations: the
/// result, and the gradients of queries, keys, values, frequencies and constants, over many blocks
/// of rows, features and coordinates, and over segments.
class ProjectedGradientTest {
    private static final double NORM = 0.5;

    /// @param spectra heads with frequencies of their own; 1 if all share them
    /// @param constants whether there are constants
    /// @param seen how many keys each sequence sees
    record Case(
            String name,
            int heads,
            int groups,
            int n,
            int m,
            int d,
            int e,
            int features,
            int spectra,
            boolean constants,
            boolean causal,
            int... seen) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("blocks", 2, 1, 70, 130, 70, 66, 72, 2, true, false, 130),
                new Case("shared spectra", 4, 2, 65, 66, 5, 3, 70, 1, true, false, 66, 40),
                new Case("no constants", 1, 1, 64, 64, 64, 64, 64, 1, false, false, 64),
                new Case("segments", 1, 1, 1030, 1100, 3, 2, 5, 1, true, false, 1090),
                new Case("causal", 2, 1, 150, 150, 70, 66, 72, 2, true, true, 140),
                new Case("causal shared", 4, 2, 130, 130, 5, 3, 70, 1, true, true, 130, 40),
                new Case("causal whole", 1, 1, 192, 192, 64, 64, 64, 1, false, true, 100));
    }

    private static List<Array> inputs(Case c) {
        int b = c.seen.length;
        double size = 0.5 / Math.sqrt(c.d);
        List<Array> in = new ArrayList<>();
        in.add(scaled("q", size, b, c.heads, c.n, c.d));
        in.add(scaled("k", size, b, c.groups, c.m, c.d));
        in.add(scaled("v", 1, b, c.groups, c.m, c.e));
        in.add(scaled("w", 1, c.spectra, c.features, c.d));
        if (c.constants) {
            in.add(scaled("c", 0.3, c.spectra, c.features));
        }
        return in;
    }

    private static Array scaled(String name, double by, int... shape) {
        return Sample.tensor("gradient/" + name, shape).scale(by).value();
    }

    /// `Σⱼ (φᵢ·ψⱼ) vⱼ / Σⱼ φᵢ·ψⱼ`, no shift: the exponents are small here.
    private static Tensor allPairs(Case c, List<Tensor> in) {
        Tensor w = in.get(3).broadcastTo(Shape.of(c.heads, c.features, c.d));
        Tensor keys = LinearAttention.spread(in.get(1), c.heads);
        Tensor norms = keys.square().sum(-1).scale(-NORM);
        Tensor phi = in.get(0).matmul(w, Transpose.TRANSPOSED);
        Tensor psi =
                keys.matmul(w, Transpose.TRANSPOSED).add(norms.reshape(norms.shape().append(1)));
        if (c.constants) {
            Tensor constants = in.get(4).reshape(c.spectra, 1, c.features);
            phi = phi.add(constants);
            psi = psi.add(constants);
        }
        Tensor pairs = phi.exp().matmul(psi.exp(), Transpose.TRANSPOSED);
        Mask mask = Mask.lengths(c.seen).and(c.causal ? Mask.causal() : Mask.none());
        Tensor weights = pairs.where(mask.table(pairs), 0);
        Tensor sums = weights.sum(-1);
        return weights.matmul(LinearAttention.spread(in.get(2), c.heads))
                .div(sums.reshape(sums.shape().append(1)));
    }

    private static Tensor blocks(Case c, List<Tensor> in) {
        Projected p =
                new Projected(
                        in.get(0),
                        in.get(1),
                        in.get(3),
                        c.constants ? Optional.of(in.get(4)) : Optional.empty(),
                        NORM);
        FusedLinear loops = new FusedLinear(NORM, c.causal, c.seen);
        return ProjectedAttention.apply(p, in.get(2), loops, x -> allPairs(c, x));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreThoseOfAllPairs(Case c) {
        List<Array> in = inputs(c);
        Tensor weight = Tensor.of(scaled("g", 1, c.seen.length, c.heads, c.n, c.e));
        List<List<Array>> both = new ArrayList<>();
        for (boolean fused : new boolean[] {false, true}) {
            try (Tape tape = Tape.open()) {
                List<Tensor> x = in.stream().map(tape::watch).toList();
                Tensor y = fused ? blocks(c, x) : allPairs(c, x);
                List<Array> all = new ArrayList<>(List.of(y.value().copy()));
                tape.gradients(y.mul(weight).sum(), x).forEach(g -> all.add(g.value().copy()));
                both.add(all);
            }
        }
        for (int i = 0; i < both.getFirst().size(); i++) {
            assertNear(c + " " + i, both.get(0).get(i), both.get(1).get(i));
        }
    }

    /// Sums of up to 1100 keys, 72 features and 2200 rows of either, in another order, of terms
    /// that are not larger than the largest sum: some 4000 roundings.
    private static void assertNear(String what, Array expected, Array actual) {
        assertEquals(expected.shape(), actual.shape(), what);
        double most = Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.at(i), actual.at(i), 4000 * 0x1p-53 * Math.max(1, most), what);
        }
    }

    /// Logarithms of the keys' features that rise, behind the first block, by up to 850: at some
    /// length of the first keys by just more than an exponential holds, in either type. The first
    /// keys are nothing beside the rest.
    @Test
    void levelsRiseByMoreThanNumbersHold() {
        Case c = new Case("rising", 1, 1, 130, 130, 5, 3, 70, 1, true, false, 130);
        Case near = new Case("near", 1, 1, 130, 66, 5, 3, 70, 1, true, false, 66);
        for (DType type : DType.values()) {
            List<Tensor> in = new ArrayList<>();
            inputs(c).forEach(a -> in.add(Tensor.of(a.cast(type))));
            List<Tensor> rest = new ArrayList<>(in);
            rest.set(1, in.get(1).slice(2, 64, 130));
            rest.set(2, in.get(2).slice(2, 64, 130));
            Array expected = allPairs(near, rest).value();
            Tensor first = in.get(1).slice(2, 0, 64);
            for (double longer = 70; longer < 240; longer += 2) {
                in.set(1, Tensor.concat(2, List.of(first.scale(longer), rest.get(1))));
                Array actual = blocks(c, in).value();
                // 66 keys and 70 features, in exponents of size 4.
                Sample.assertWithin(1000 * type.unitRoundoff(), expected, actual);
            }
        }
    }

    /// Segments of queries and keys that several threads take at once add to the frequencies in an
    /// order of their own.
    @Test
    void threadsChangeNoBitOfTheFrequencies() {
        Case c = new Case("long", 2, 1, 2100, 4200, 3, 2, 5, 1, true, false, 4200);
        List<Array> in = inputs(c);
        in.add(scaled("g", 1, 1, 2, 2100, 2));
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            List<Array> one = pulled(c, in, 0);
            for (int threads : new int[] {2, 3, 8, 8, 8}) {
                Parallel.threads(threads);
                assertEquals(one, pulled(c, in, 7), threads + " threads");
            }
        } finally {
            Parallel.threads(before);
        }
    }

    /// Hidden keys and values may be anything, in blocks that are read where they stand too; and
    /// their gradients are zeros in a buffer that held something else.
    @Test
    void whatIsHiddenLeavesNoTrace() {
        for (boolean causal : new boolean[] {false, true}) {
            for (int width : new int[] {5, 64}) {
                Case c = new Case("hidden", 1, 1, 130, 130, width, width, 70, 1, true, causal, 70);
                List<Array> in = inputs(c);
                in.add(scaled("g", 1, 1, 1, 130, width));
                List<Array> clean = pulled(c, in, 0);
                for (int i = 70 * width; i < 130 * width; i++) {
                    in.get(1).doubles()[i] = Double.NaN;
                    in.get(2).doubles()[i] = Double.NaN;
                }
                assertEquals(clean, pulled(c, in, 7));
            }
        }
    }

    /// The result and the gradients, written over arrays that hold one number everywhere.
    private static List<Array> pulled(Case c, List<Array> in, double held) {
        FusedLinear loops = new FusedLinear(NORM, c.causal, c.seen);
        List<Array> operands = in.subList(0, 5);
        Array out = Array.full(DType.FLOAT64, in.get(5).shape(), held);
        Array kept = Array.full(DType.FLOAT64, Shape.of(loops.kept(operands)), held);
        loops.forward(operands, out, kept);
        List<Array> to = new ArrayList<>();
        operands.forEach(a -> to.add(Array.full(DType.FLOAT64, a.shape(), held)));
        loops.backward(operands, out, kept, in.get(5), to);
        to.add(out);
        return to;
    }
}
