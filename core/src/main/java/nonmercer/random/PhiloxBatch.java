package nonmercer.random;

/// [Philox] blocks of consecutive counters, many at a time: the same bits, word by word over
/// arrays, in loops that the compiler turns into vector code. Belongs to one thread.
final class PhiloxBatch {
    /// The most blocks made at a time.
    static final int BLOCKS = 256;

    private static final long LOW = 0xFFFFFFFFL;
    private static final ThreadLocal<PhiloxBatch> MINE = ThreadLocal.withInitial(PhiloxBatch::new);

    /// The four 32-bit words of each counter, in the low halves: word `j` of counter `i` at
    /// `j·BLOCKS + i`. One array, so that the compiler sees that its parts do not overlap.
    private final long[] words = new long[4 * BLOCKS];

    private final long[] out = new long[2 * BLOCKS];

    /// The one of this thread.
    static PhiloxBatch mine() {
        return MINE.get();
    }

    /// Where the blocks are.
    long[] out() {
        return out;
    }

    /// Writes the blocks of the counters `(from, high), (from + 1, high), …` to [#out()], two longs
    /// each.
    void blocks(long key, long from, long high, int count) {
        long[] w = words;
        for (int i = 0; i < count; i++) {
            w[i] = from + i & LOW;
            w[i + BLOCKS] = from + i >>> 32;
            w[i + 2 * BLOCKS] = high & LOW;
            w[i + 3 * BLOCKS] = high >>> 32;
        }
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
            round(w, k0 & LOW, k1 & LOW, count);
            k0 += Philox.W0;
            k1 += Philox.W1;
        }
        for (int i = 0; i < count; i++) {
            out[2 * i] = w[i + BLOCKS] << 32 | w[i];
            out[2 * i + 1] = w[i + 3 * BLOCKS] << 32 | w[i + 2 * BLOCKS];
        }
    }

    private static void round(long[] w, long k0, long k1, int count) {
        for (int i = 0; i < count; i++) {
            long p0 = Philox.M0 * w[i];
            long p1 = Philox.M1 * w[i + 2 * BLOCKS];
            w[i] = p1 >>> 32 ^ w[i + BLOCKS] ^ k0;
            w[i + BLOCKS] = p1 & LOW;
            w[i + 2 * BLOCKS] = p0 >>> 32 ^ w[i + 3 * BLOCKS] ^ k1;
            w[i + 3 * BLOCKS] = p0 & LOW;
        }
    }
}
