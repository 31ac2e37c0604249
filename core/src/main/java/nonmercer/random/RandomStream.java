package nonmercer.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.parallel.Parallel;

/// A stream of random numbers with a name: number `i` is a function of (seed, path, i) and of
/// nothing else.
///
/// `RandomStream.of(7).at("encoder/0/dropout")` is the same stream wherever and whenever it is
/// made, whatever else was drawn before; so a model's weights do not change because another layer
/// was added. Paths compose: `at("a/b")` is `at("a").at("b")`, and `at(3)` is `at("3")`.
///
/// The numbers are Philox4x32-10 blocks ([Philox]) of a counter, under a 128-bit identity derived
/// from seed and path. Every draw takes the next 64-bit numbers of the stream: a fill of `n`
/// elements takes `n`, in order, so that `fillUniform(out, 0, 1)` on a new stream equals `n` calls
/// of `nextDouble()`, and is computed on all threads. The normal numbers are quantiles of uniform
/// ones, `Φ⁻¹((k + ½)·2⁻⁵²)` ([Normal]). The bits are the same on every machine.
///
/// Drawing moves the position, so one stream belongs to one thread; `at` only reads and may be
/// called from any.
public final class RandomStream implements RandomGenerator {
    private static final long DERIVATION =
            0x9E3779B97F4A7C15L; // keeps derived identities apart from drawn numbers
    private static final long LOW = 0xFFFFFFFFL;
    private static final int GRAIN = 1 << 13;

    private final long key;
    private final long high;
    private final long[] block = new long[2];
    private long position;

    private RandomStream(long key, long high) {
        this.key = key;
        this.high = high;
    }

    /// The root stream of a seed.
    public static RandomStream of(long seed) {
        return new RandomStream(seed, 0);
    }

    /// The stream of this name below this one: segments separated by `/`. Independent of what was
    /// drawn.
    public RandomStream at(String path) {
        RandomStream s = this;
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty()) {
                throw new IllegalArgumentException("at: path '" + path + "' has an empty segment");
            }
            s = s.child(segment);
        }
        return s;
    }

    /// The stream with this number below this one; the same as `at(Integer.toString(index))`.
    public RandomStream at(int index) {
        return child(Integer.toString(index));
    }

    /// Absorbs the segment's length and its UTF-8 bytes, eight at a time.
    private RandomStream child(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        long[] state = new long[2];
        Philox.block(key ^ DERIVATION, bytes.length, high, state);
        for (int i = 0; i < bytes.length; i += 8) {
            long word = 0;
            for (int j = i; j < Math.min(bytes.length, i + 8); j++) {
                word |= (bytes[j] & 0xFFL) << 8 * (j - i);
            }
            Philox.block(state[0] ^ DERIVATION, word, state[1], state);
        }
        return new RandomStream(state[0], state[1]);
    }

    @Override
    public long nextLong() {
        long at = position++;
        if ((at & 1) == 0) {
            Philox.block(key, at >>> 1, high, block);
        }
        return block[(int) (at & 1)];
    }

    /// A standard normal number from one 64-bit number of the stream.
    @Override
    public double nextGaussian() {
        return normal(nextLong());
    }

    /// Fills with numbers uniform on `[low, high)`, one 64-bit number an element.
    ///
    /// A float32 fill is the float64 fill, rounded, and kept below `high`.
    public void fillUniform(Array out, double low, double high) {
        if (!(low <= high) || Double.isInfinite(high - low)) {
            throw new IllegalArgumentException(
                    "fillUniform: expected low <= high, both finite, got " + low + " and " + high);
        }
        double width = high - low;
        if (out.dtype() == DType.FLOAT64) {
            double[] to = out.doubles();
            double last = Math.max(low, Math.nextDown(high));
            fill(
                    out.size(),
                    (from, count, bits) -> {
                        for (int i = 0; i < count; i++) {
                            to[from + i] = Math.min(low + width * uniform(bits[i]), last);
                        }
                    });
        } else {
            float[] to = out.floats();
            float last = Math.max((float) low, Math.nextDown((float) high));
            fill(
                    out.size(),
                    (from, count, bits) -> {
                        for (int i = 0; i < count; i++) {
                            to[from + i] = Math.min((float) (low + width * uniform(bits[i])), last);
                        }
                    });
        }
    }

    /// Fills with normal numbers, one 64-bit number an element. A float32 fill is the float64 fill,
    /// rounded.
    public void fillNormal(Array out, double mean, double sd) {
        if (!(sd >= 0) || Double.isInfinite(sd) || !Double.isFinite(mean)) {
            throw new IllegalArgumentException(
                    "fillNormal: expected a finite mean and a finite sd of at least 0, got "
                            + mean
                            + " and "
                            + sd);
        }
        if (out.dtype() == DType.FLOAT64) {
            double[] to = out.doubles();
            fill(
                    out.size(),
                    (from, count, bits) -> {
                        for (int i = 0; i < count; i++) {
                            to[from + i] = mean + sd * normal(bits[i]);
                        }
                    });
        } else {
            float[] to = out.floats();
            fill(
                    out.size(),
                    (from, count, bits) -> {
                        for (int i = 0; i < count; i++) {
                            to[from + i] = (float) (mean + sd * normal(bits[i]));
                        }
                    });
        }
    }

    /// Fills with `value` where a coin of this probability falls heads, with 0 elsewhere: the mask
    /// of dropout.
    ///
    /// Takes one 64-bit number for two elements; the probability is rounded to a multiple of 2⁻³².
    public void fillMask(Array out, double probability, double value) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "fillMask: expected a probability, got " + probability);
        }
        int n = out.size();
        long bound = Math.round(probability * 0x1p32);
        if (out.dtype() == DType.FLOAT64) {
            double[] to = out.doubles();
            fill(
                    (n + 1) / 2,
                    (from, count, bits) ->
                            mask(
                                    bits,
                                    bound,
                                    value,
                                    to,
                                    2 * from,
                                    Math.min(2 * count, n - 2 * from)));
        } else {
            float[] to = out.floats();
            float heads = (float) value;
            fill(
                    (n + 1) / 2,
                    (from, count, bits) ->
                            mask(
                                    bits,
                                    bound,
                                    heads,
                                    to,
                                    2 * from,
                                    Math.min(2 * count, n - 2 * from)));
        }
    }

    // No branches in these: a coin is what a processor cannot predict.

    private static void mask(long[] bits, long bound, double value, double[] to, int from, int n) {
        long heads = Double.doubleToRawLongBits(value);
        int i = 0;
        for (; i < n - 1; i += 2) {
            long two = bits[i >> 1];
            to[from + i] = Double.longBitsToDouble(heads & (two & LOW) - bound >> 63);
            to[from + i + 1] = Double.longBitsToDouble(heads & (two >>> 32) - bound >> 63);
        }
        if (i < n) {
            to[from + i] = Double.longBitsToDouble(heads & (bits[i >> 1] & LOW) - bound >> 63);
        }
    }

    private static void mask(long[] bits, long bound, float value, float[] to, int from, int n) {
        int heads = Float.floatToRawIntBits(value);
        int i = 0;
        for (; i < n - 1; i += 2) {
            long two = bits[i >> 1];
            to[from + i] = Float.intBitsToFloat(heads & (int) ((two & LOW) - bound >> 63));
            to[from + i + 1] = Float.intBitsToFloat(heads & (int) ((two >>> 32) - bound >> 63));
        }
        if (i < n) {
            to[from + i] = Float.intBitsToFloat(heads & (int) ((bits[i >> 1] & LOW) - bound >> 63));
        }
    }

    /// Writes the elements `first … first + n − 1` of the mask that [#fillMask] draws from a new
    /// stream of this name. Draws nothing: the same elements come however often and in whatever
    /// pieces.
    public void mask(long first, int n, double probability, double value, double[] to, int at) {
        long bound = Math.round(probability * 0x1p32);
        long heads = Double.doubleToRawLongBits(value);
        for (int i = 0; i < n; ) {
            int skip = (int) (first + i & 3);
            int count = Math.min(4 * PhiloxBatch.BLOCKS - skip, n - i);
            long[] bits = blocks(first + i, skip + count);
            for (int c = 0; c < count; c++) {
                long half = bits[skip + c >> 1] >>> 32 * (skip + c & 1) & LOW;
                to[at + i + c] = Double.longBitsToDouble(heads & half - bound >> 63);
            }
            i += count;
        }
    }

    /// The same in float32.
    public void mask(long first, int n, double probability, double value, float[] to, int at) {
        long bound = Math.round(probability * 0x1p32);
        int heads = Float.floatToRawIntBits((float) value);
        for (int i = 0; i < n; ) {
            int skip = (int) (first + i & 3);
            int count = Math.min(4 * PhiloxBatch.BLOCKS - skip, n - i);
            long[] bits = blocks(first + i, skip + count);
            for (int c = 0; c < count; c++) {
                long half = bits[skip + c >> 1] >>> 32 * (skip + c & 1) & LOW;
                to[at + i + c] = Float.intBitsToFloat(heads & (int) (half - bound >> 63));
            }
            i += count;
        }
    }

    /// The blocks of so many 32-bit numbers, from the block on that has this one.
    private long[] blocks(long number, int count) {
        PhiloxBatch batch = PhiloxBatch.mine();
        batch.blocks(key, number >>> 2, high, (count + 3) / 4);
        return batch.out();
    }

    /// A random order of `0 … n-1`, each equally likely (Fisher–Yates).
    public int[] permutation(int n) {
        int[] p = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }

    @Override
    public String toString() {
        return "RandomStream[%016x%016x at %d]".formatted(high, key, position);
    }

    /// Hands the next `n` numbers of the stream to `sink` in chunks, on all threads.
    private void fill(int n, Sink sink) {
        long start = position;
        position += n;
        if ((position & 1) == 1) {
            Philox.block(key, position >>> 1, high, block);
        }
        Parallel.forRanges(
                n,
                GRAIN,
                (from, to) -> {
                    PhiloxBatch batch = PhiloxBatch.mine();
                    long[] bits = batch.out();
                    int skip =
                            (int)
                                    (start + from
                                            & 1); // the first number may be the second half of a
                    // block
                    for (int i = from; i < to; ) {
                        int count = Math.min(2 * PhiloxBatch.BLOCKS - skip, to - i);
                        batch.blocks(key, start + i >>> 1, high, (skip + count + 1) / 2);
                        if (skip == 1) {
                            System.arraycopy(bits, 1, bits, 0, count);
                        }
                        sink.accept(i, count, bits);
                        i += count;
                        skip = (int) (start + i & 1);
                    }
                });
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    private static double normal(long bits) {
        return Normal.quantile(((bits >>> 12) + 0.5) * 0x1p-52);
    }

    @FunctionalInterface
    private interface Sink {
        void accept(int from, int count, long[] bits);
    }
}
