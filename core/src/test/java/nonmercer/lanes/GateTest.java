package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What is chosen where, and what is said about it.
final class GateTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";
    private static final String MAIN = "nonmercer.lanes.Describe";
    private static final String WARNING = "nonmercer runs its slow scalar loops";

    /// e + e² + e³ by both types, the same line whatever loops are in use.
    private static final String SUMS = "sums 30.192874850577365 30.192875";

    @Test
    void withoutTheModuleScalarLoopsRunAndTheRemedyIsTheFlag() throws Exception {
        Child child = Child.run("-Xlog:class+load", MAIN);
        assertRuns(child, 0);
        assertTrue(
                child.says("start java with --add-modules jdk.incubator.vector"),
                child.lines()::toString);
        assertTrue(
                child.lines().stream().filter(line -> line.contains(WARNING)).count() == 1,
                "one warning");
        assertFalse(child.says(" nonmercer.lanes.Vector"), "a vector class was loaded");
        assertFalse(child.says(" nonmercer.lanes.DoubleSpecies"), "the species were loaded");
    }

    @Test
    void withoutTheOptimisingCompilerScalarLoopsRun() throws Exception {
        Child c1 = Child.run(MODULE, "-XX:TieredStopAtLevel=1", MAIN);
        assertRuns(c1, 0);
        assertTrue(c1.says(WARNING) && c1.says("C2"), c1.lines()::toString);
        Child interpreted = Child.run(MODULE, "-Xint", MAIN);
        assertRuns(interpreted, 0);
        assertTrue(interpreted.says("remove -Xint"), interpreted.lines()::toString);
    }

    /// The same bits even so: the fused multiply-add is then computed in software.
    @Test
    void withoutFusedMultiplyAddScalarLoopsRunWithTheSameBits() throws Exception {
        Child child = Child.run(MODULE, "-XX:-UseFMA", MAIN);
        assertRuns(child, 0);
        assertTrue(child.says("UseFMA is off"), child.lines()::toString);
    }

    @Test
    void thePropertyOverrules() throws Exception {
        Child scalar = Child.run(MODULE, "-Dnonmercer.lanes=scalar", MAIN);
        assertRuns(scalar, 0);
        assertFalse(scalar.says(WARNING), "a wish is no reason to warn");
        assertTrue(scalar.says("remedy none"));
        assertRuns(Child.run(MODULE, "-Dnonmercer.lanes=128", MAIN), 128);
        assertRuns(
                Child.run(MODULE, "-XX:TieredStopAtLevel=1", "-Dnonmercer.lanes=128", MAIN), 128);
        Child bogus = Child.run(MODULE, "-Dnonmercer.lanes=avx", MAIN);
        assertEquals(1, bogus.exit());
        assertTrue(
                bogus.says(
                        "-Dnonmercer.lanes=avx is not known; expected auto, scalar, 128, 256 or 512"));
    }

    private static void assertRuns(Child child, int bits) {
        assertEquals(0, child.exit(), child.lines()::toString);
        assertTrue(child.says("bits " + bits), child.lines()::toString);
        assertTrue(child.says(SUMS), child.lines()::toString);
    }
}
