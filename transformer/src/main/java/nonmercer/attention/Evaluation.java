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

    /// Through a few landmarks of the queries and keys (Nyström; Xiong et al. 2021). An estimate.
    ///
    /// @param landmarks how many; fewer where the shortest sequence of a batch has fewer rows
    /// @param by which
    /// @param iterations of the inverse of their weights
    record Nystrom(int landmarks, Landmarks by, int iterations) implements Evaluation {
        /// Refuses no landmarks and no iterations.
        public Nystrom {
            if (landmarks < 1 || iterations < 1) {
                throw new IllegalArgumentException(
                        "attention through landmarks needs a landmark and an iteration, got "
                                + landmarks
                                + " landmarks and "
                                + iterations
                                + " iterations");
            }
        }

        /// With ten iterations.
        public Nystrom(int landmarks, Landmarks by) {
            this(landmarks, by, 10);
        }
    }
}
