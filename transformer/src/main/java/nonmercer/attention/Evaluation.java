package nonmercer.attention;

import nonmercer.feature.Features;

/// How an attention is computed.
public sealed interface Evaluation {
    /// In tiles of queries and keys, with memory linear in both (Dao et al. 2022). Exact.
    record Fused() implements Evaluation {}

    /// Through the matrix of all pairs: the definition. Exact.
    record AllPairs() implements Evaluation {}

    /// Through features, in linear time: [LinearAttention]. Exact for the kernel of the features.
    ///
    /// @param chunk the rows of a chunk of causal attention
    /// @param memory what is kept for the backward pass
    record Linear(Features features, int chunk, LinearAttention.Keeps memory)
            implements Evaluation {
        /// Refuses an empty chunk.
        public Linear {
            LinearAttention.checkChunk(chunk);
        }

        /// With chunks of 64 rows, as fast as can be.
        public Linear(Features features) {
            this(features, LinearAttention.CHUNK, LinearAttention.Keeps.FASTEST);
        }

        /// The same with other features.
        public Linear with(Features other) {
            return new Linear(other, chunk, memory);
        }

        /// The same, keeping its inputs alone for the backward pass.
        public Linear recomputing() {
            return new Linear(features, chunk, LinearAttention.Keeps.INPUTS);
        }
    }
}
