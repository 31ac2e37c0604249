package nonmercer.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import nonmercer.autodiff.mutant.SquareTwoPointOne;
import org.junit.jupiter.api.Test;

/// Every wrong op is refuted, each by the laws it breaks, within 20 specimens; and every law
/// refutes some wrong op.
class MutantsTest {
    private enum Law {
        FIRST_ORDER,
        SECOND_ORDER,
        WRITES,
        FLOAT32,
        FUSED,
        LINEAR,
        ADJOINT,
        KEEPS
    }

    private static final Map<String, Law> BREAKS =
            Map.ofEntries(
                    Map.entry("SquareTwoPointOne", Law.FIRST_ORDER),
                    Map.entry("TanhOfInput", Law.FIRST_ORDER),
                    Map.entry("SinForgotten", Law.SECOND_ORDER),
                    Map.entry("ExpKeepsInput", Law.KEEPS),
                    Map.entry("ExpReadsUndeclared", Law.KEEPS),
                    Map.entry("CubeFusedWrong", Law.FUSED),
                    Map.entry("SumLeavesLastUnwritten", Law.WRITES),
                    Map.entry("DoublesInPlace", Law.WRITES),
                    Map.entry("ReverseNotUndone", Law.ADJOINT),
                    Map.entry("PullbackAddsOne", Law.LINEAR),
                    Map.entry("CoarseExp", Law.FLOAT32),
                    Map.entry("AddWithoutSum", Law.FIRST_ORDER),
                    Map.entry("SumsHalf", Law.ADJOINT));

    @Test
    void everyMutantIsRefutedByTheLawItBreaks() {
        List<OpCatalogue.Entry> mutants = OpCatalogue.beside(SquareTwoPointOne.class).entries();
        assertEquals(
                new TreeSet<>(BREAKS.keySet()),
                new TreeSet<>(mutants.stream().map(Object::toString).toList()));
        for (OpCatalogue.Entry mutant : mutants) {
            Set<Law> broken = broken(mutant);
            if (!broken.contains(BREAKS.get(mutant.toString()))) {
                fail(
                        mutant
                                + " survives "
                                + BREAKS.get(mutant.toString())
                                + "; it is refuted by "
                                + broken);
            }
        }
        assertEquals(
                Set.of(Law.values()),
                Set.copyOf(BREAKS.values()),
                "a law that refutes nothing is toothless");
    }

    private static Set<Law> broken(OpCatalogue.Entry mutant) {
        Map<Law, Integer> count = new EnumMap<>(Law.class);
        int read = 0;
        int kept = 0;
        for (long seed = 0; seed < 20; seed++) {
            for (Law law : Law.values()) {
                Specimen s = mutant.specimen(new Draw(new Random(seed), 4));
                try {
                    switch (law) {
                        case FIRST_ORDER -> Laws.gradient(s, 1, seed);
                        case SECOND_ORDER -> Laws.gradient(s, 2, seed);
                        case WRITES -> Laws.writesItsOutputOnly(s);
                        case FLOAT32 -> Laws.float32AgreesWithFloat64(s, seed);
                        case FUSED -> Laws.fusedEqualsComposition(s, seed);
                        case LINEAR -> Laws.pullbackIsLinear(s, seed);
                        case ADJOINT -> Laws.pullbackIsAdjoint(s, seed);
                        case KEEPS -> {
                            kept |= s.op().keeps();
                            read |= Laws.reads(s);
                        }
                    }
                } catch (AssertionError
                        | IllegalStateException
                        | IllegalArgumentException refuted) {
                    count.merge(law, 1, Integer::sum);
                }
            }
        }
        if (kept != read) {
            count.merge(Law.KEEPS, 1, Integer::sum);
        }
        return count.keySet();
    }
}
