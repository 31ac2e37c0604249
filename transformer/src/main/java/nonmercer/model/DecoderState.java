package nonmercer.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.attention.Mask;
import nonmercer.layer.KeyValueCache;

/// What a decoder keeps of the tokens it has read: keys and values of every block, so that reading
/// the next token costs one token. Belongs to one search.
public final class DecoderState {
    private final List<KeyValueCache> own;
    private final List<KeyValueCache> memory;
    private int[] memoryLengths;
    private int read;

    DecoderState(List<KeyValueCache> own, List<KeyValueCache> memory, int... memoryLengths) {
        this.own = own;
        this.memory = memory;
        this.memoryLengths = memoryLengths;
    }

    /// Of blocks without a memory.
    static DecoderState empty(int blocks) {
        return new DecoderState(caches(blocks), List.of());
    }

    static List<KeyValueCache> caches(int blocks) {
        return Stream.generate(KeyValueCache::new).limit(blocks).toList();
    }

    /// The number of tokens read.
    public int read() {
        return read;
    }

    /// Makes sequence `sequences[i]` sequence `i`: a beam goes on with the best of its hypotheses.
    public void pick(int... sequences) {
        own.forEach(cache -> cache.pick(sequences));
        memory.forEach(cache -> cache.pick(sequences));
        if (!memory.isEmpty()) {
            memoryLengths = Arrays.stream(sequences).map(i -> memoryLengths[i]).toArray();
        }
    }

    KeyValueCache own(int block) {
        return own.get(block);
    }

    KeyValueCache memory(int block) {
        return memory.get(block);
    }

    /// Hides the padding of the memory.
    Mask memoryMask() {
        return Mask.lengths(memoryLengths);
    }

    void advance(int tokens) {
        read += tokens;
    }
}
