package nonmercer.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Sample;
import nonmercer.parallel.Parallel;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class KeyValueCacheTest {
    private static final ThreadMXBean COUNTER = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Pass PASS = Pass.evaluation();

    /// Whatever the steps and whichever sequences go on: the rows one after the other.
    @Property(tries = 100)
    void itHoldsWhatWasAdded(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 9) Integer> steps,
            @ForAll DType type,
            @ForAll boolean reordered) {
        KeyValueCache cache = new KeyValueCache();
        Tensor keys = Tensor.of(Sample.normal("k", type, 2, 3, 0, 4));
        Tensor values = Tensor.of(Sample.normal("v", type, 2, 3, 0, 5));
        for (int step : steps) {
            Tensor k = Tensor.of(Sample.normal("k" + keys.dim(2), type, 2, 3, step, 4));
            Tensor v = Tensor.of(Sample.normal("v" + keys.dim(2), type, 2, 3, step, 5));
            cache.append(k, v);
            keys = Tensor.concat(2, List.of(keys, k));
            values = Tensor.concat(2, List.of(values, v));
            Tensor told = cache.keys();
            if (reordered) {
                cache.pick(1, 1, 0);
                cache.pick(0, 2);
                keys = reversed(keys);
                values = reversed(values);
            } else {
                assertEquals(keys.value(), told.value());
            }
            assertEquals(keys.value(), cache.keys().value());
            assertEquals(values.value(), cache.values().value());
            assertEquals(keys.dim(2), cache.length());
            assertEquals(2L * 3 * keys.dim(2) * 9, cache.numbers());
        }
    }

    private static Tensor reversed(Tensor x) {
        return Tensor.concat(0, List.of(x.slice(0, 1, 2), x.slice(0, 0, 1)));
    }

    /// Keys that were handed out do not change when more are added.
    @Test
    void whatWasHandedOutStays() {
        KeyValueCache cache = new KeyValueCache();
        Tensor rows = Sample.tensor("rows", 2, 1, 3, 4);
        cache.append(rows.slice(2, 0, 1), rows.slice(2, 0, 1));
        List<Tensor> told = new ArrayList<>();
        for (int i = 1; i < 3; i++) {
            told.add(cache.keys());
            cache.append(rows.slice(2, i, i + 1), rows.slice(2, i, i + 1));
        }
        told.add(cache.keys());
        for (int i = 0; i < 3; i++) {
            assertEquals(rows.slice(2, 0, i + 1).value(), told.get(i).value());
        }
    }

    private static MultiHeadAttention layer(Kernel kernel, int d, HeadCount heads) {
        return MultiHeadAttention.create(
                RandomStream.of(4), d, heads, Attention.of(kernel), DType.FLOAT32);
    }

    /// Token by token over several doublings of the room and blocks of keys; in heads of whole
    /// vectors, which are read where they stand, and of less: the bits of all tokens at once.
    @Test
    void tokensGetTheBitsOfTheFullPass() {
        int n = 140;
        for (int width : new int[] {16, 5}) {
            for (Kernel kernel : List.of(new ExpDot(), new Gauss())) {
                MultiHeadAttention layer = layer(kernel, 4 * width, new HeadCount(4, 2));
                Tensor x = Tensor.of(Sample.normal("x", DType.FLOAT32, 2, n, 4 * width));
                Positions none = new Positions.Absent();
                KeyValueCache cache = new KeyValueCache();
                List<Tensor> parts = new ArrayList<>();
                for (int at = 0; at < n; at += at == 60 ? 5 : 1) {
                    Tensor next = x.slice(1, at, Math.min(n, at + (at == 60 ? 5 : 1)));
                    parts.add(layer.extend(next, cache, none, PASS));
                }
                assertEquals(
                        layer.apply(x, x, Mask.causal(), none, PASS).value(),
                        Tensor.concat(1, parts).value(),
                        kernel.name() + " " + width);
            }
        }
    }

    /// A sliding window over the room of a cache: the rows of the window over all tokens at once.
    @Test
    void aWindowSlidesOverTheRoom() {
        int n = 140;
        Tensor q = Tensor.of(Sample.normal("q", DType.FLOAT32, 1, 2, n, 16));
        Tensor k = Tensor.of(Sample.normal("k", DType.FLOAT32, 1, 2, n, 16));
        Attention attention = Attention.of(new ExpDot());
        Mask window = Mask.window(70);
        KeyValueCache cache = new KeyValueCache();
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Tensor key = k.slice(2, i, i + 1);
            cache.append(key, key);
            Mask mask = window.ofFirst(cache.length());
            rows.add(
                    attention.apply(
                            q.slice(2, i, i + 1),
                            cache.roomOfKeys(),
                            cache.roomOfValues(),
                            mask,
                            PASS));
        }
        assertEquals(
                attention.apply(q, k, k, window, PASS).value(), Tensor.concat(2, rows).value());
    }

    /// From 128 to 256 tokens and from 1024 to 2048 the room doubles once each, so that a token
    /// allocates the same on average; were the tokens before it copied, the second would be eight
    /// times the first. What a token allocates beside its rows does not grow.
    @Test
    void aTokenAllocatesTheSameHoweverManyAreThere() {
        int threads = Parallel.threads();
        Parallel.threads(1);
        try {
            MultiHeadAttention layer = layer(new ExpDot(), 64, HeadCount.of(4));
            Tensor x = Tensor.of(Sample.normal("x", DType.FLOAT32, 1, 1, 64));
            read(layer, x, new KeyValueCache(), 2048); // scratch grows once, loops are compiled
            KeyValueCache cache = new KeyValueCache();
            read(layer, x, cache, 128);
            long few = read(layer, x, cache, 128) / 128;
            read(layer, x, cache, 1024 - 256);
            long many = read(layer, x, cache, 1024) / 1024;
            // Twice its rows of 512 bytes, and what does not grow with the tokens.
            assertTrue(
                    many < 1.5 * few + 1024, few + " bytes a token at first, " + many + " later");
        } finally {
            Parallel.threads(threads);
        }
    }

    /// Reads so many tokens; gives the bytes that were allocated.
    private static long read(MultiHeadAttention layer, Tensor x, KeyValueCache cache, int tokens) {
        long before = COUNTER.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < tokens; i++) {
            layer.extend(x, cache, new Positions.Absent(), PASS);
        }
        return COUNTER.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void whatDoesNotFitIsRefused() {
        KeyValueCache cache = new KeyValueCache();
        assertThrows(IllegalStateException.class, cache::keys);
        Tensor rows = Sample.tensor("rows", 2, 3, 4, 5);
        cache.append(rows, rows);
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> cache.append(rows.slice(1, 0, 2), rows.slice(1, 0, 2)));
        assertEquals(
                "the cache holds FLOAT64 of [2, 3, 4, 5], got FLOAT64 of [2, 2, 4, 5]",
                e.getMessage());
        try (Tape tape = Tape.open()) {
            Tensor recorded = tape.watch(rows.value());
            assertThrows(IllegalArgumentException.class, () -> cache.append(recorded, recorded));
        }
        Tensor narrow = Sample.tensor("narrow", 2, 3, 4, 2);
        var unlike = assertThrows(IllegalArgumentException.class, () -> cache.append(rows, narrow));
        assertEquals(
                "the cache holds FLOAT64 of [2, 3, 4, 5], got FLOAT64 of [2, 3, 4, 2]",
                unlike.getMessage());
        var fewer =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> cache.append(rows, rows.slice(2, 0, 3)));
        assertEquals(
                "a cache takes a value for each key, got values [2, 3, 3, 5] for keys [2, 3, 4, 5]",
                fewer.getMessage());
        assertEquals(4, cache.length());
        assertEquals(4, cache.keys().dim(2)); // nothing was added in part
        var none = assertThrows(IllegalArgumentException.class, () -> cache.pick(0, 2));
        assertEquals("the cache holds sequences 0 to 1, got 2", none.getMessage());
    }
}
