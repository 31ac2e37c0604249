package nonmercer.random;

/// Philox4x32-10: a bijection of 128-bit counters under a 64-bit key whose outputs pass for random.
///
/// Ten rounds of two 32×32-bit products; the words of a counter and of the result are two longs
/// here, the low word of each first. Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy
/// as 1, 2, 3", SC 2011, section 3.3.
final class Philox {
    static final int ROUNDS = 10;
    static final long M0 = 0xD2511F53L;
    static final long M1 = 0xCD9E8D57L;
    static final int W0 = 0x9E3779B9;
    static final int W1 = 0xBB67AE85;
    private static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /// Writes the 128 bits that belong to the counter `(low, high)` to `out[0], out[1]`.
    static void block(long key, long low, long high, long[] out) {
        int c0 = (int) low;
        int c1 = (int) (low >>> 32);
        int c2 = (int) high;
        int c3 = (int) (high >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = M0 * (c0 & LOW);
            long p1 = M1 * (c2 & LOW);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c1 = (int) p1;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c3 = (int) p0;
            k0 += W0;
            k1 += W1;
        }
        out[0] = (c1 & LOW) << 32 | (c0 & LOW);
        out[1] = (c3 & LOW) << 32 | (c2 & LOW);
    }
}
