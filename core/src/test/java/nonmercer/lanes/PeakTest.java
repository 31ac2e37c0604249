package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.parallel.Parallel;
import org.junit.jupiter.api.Test;

final class PeakTest {
    /// `c ← c + 1/4` from 0 … n − 1, 60 times in n chains, exactly: `n (n − 1)/2 + 15 n`.
    @Test
    void theChainsAreComputed() {
        assertEquals(148, ScalarDoublePeak.chains(60, 0.5));
        assertEquals(148, ScalarFloatPeak.chains(60, 0.5f));
        if (Lanes.vector()) {
            assertEquals(360, VectorDoublePeak.chains(60, 0.5));
            assertEquals(360, VectorFloatPeak.chains(60, 0.5f));
        }
    }

    @Test
    void aPassReadsAndWritesWhatItSays() {
        int n = 128;
        double[] a = new double[n];
        double[] b = new double[n];
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            a[i] = i;
            b[i] = 3 * i + 1;
            d[i] = 7 - i;
        }
        Traffic[] kinds =
                Lanes.vector()
                        ? new Traffic[] {new Traffic.Plain(), new VectorTraffic()}
                        : new Traffic[] {new Traffic.Plain()};
        for (Traffic traffic : kinds) {
            double[] c = new double[n];
            traffic.copy(a, c, 64, n);
            assertEquals(0, c[63]);
            assertEquals(64, c[64]);
            assertEquals(127, c[127]);
            traffic.add(a, b, c, 0, n);
            assertEquals(4 * 127 + 1, c[127]);
            traffic.multiplyAdd(a, b, d, c, 0, n);
            assertEquals(100 * 301 - 93, c[100]);
            traffic.update(a, c, 0, n);
            assertEquals(100 * 302 - 93, c[100]);
            traffic.write(c, 0, n);
            assertEquals(0, c[100]);
        }
    }

    @Test
    void somethingIsMeasured() {
        int threads = Parallel.threads();
        assertTrue(PeakFlops.float32(1) > 0);
        assertTrue(Bandwidth.of(2, 1, 1 << 16, 2) > 0);
        assertTrue(Bandwidth.ofUpdate(1 << 16, 2) > 0);
        assertEquals(threads, Parallel.threads());
    }

    /// A step is a multiplication and an addition in each lane of each chain, a pass moves each
    /// array once.
    @Test
    void aLoadSaysHowMuchItDid() {
        int floats = Lanes.vector() ? 16 * Lanes.bits() / Float.SIZE : 8;
        int doubles = Lanes.vector() ? 16 * Lanes.bits() / Double.SIZE : 8;
        assertEquals(3 * 2 * 5 * floats, PeakFlops.float32Load(3).run(5));
        assertEquals(3 * 2 * 5 * doubles, PeakFlops.float64Load(3).run(5));
        for (Load load : Bandwidth.loads(2, 1, 4096, 2)) {
            assertEquals(7 * 3 * 4096, load.run(7));
        }
        for (Load load : Bandwidth.loads(1, 0, 4096, 2)) {
            assertEquals(4096, load.run(1));
        }
        for (Load load : Bandwidth.updateLoads(4096, 1)) {
            assertEquals(2 * 3 * 4096, load.run(2));
        }
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> PeakFlops.float64(0));
        var e = assertThrows(IllegalArgumentException.class, () -> Bandwidth.of(3, 0, 4096, 1));
        assertEquals(
                "bandwidth: expected 1 or 2 reads, or 0 to 3 reads and 1 write, of at least 4096 bytes, got 3 reads"
                        + " and 0 writes of 4096",
                e.getMessage());
    }
}
