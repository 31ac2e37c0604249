package nonmercer.feature;

import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Kernel;
import nonmercer.random.RandomStream;

/// Which features an attention goes through in linear time.
public sealed interface Features {
    /// Those that the kernel itself has: [Kernel#featureMap()].
    record Own() implements Features {}

    /// This map.
    record Given(FeatureMap map) implements Features {}

    /// Features by name, not drawn yet: what a design of a model says. Each attention of the model
    /// draws a map of its own.
    ///
    /// @param name which
    /// @param count the most features of a map; the map has as many of them as its construction
    ///   allows
    /// @param trained whether a law that can be trained is; else it keeps the values it starts at
    /// @param noise when noise is drawn
    /// @param seed of noise and first values; 0 takes one from the model's stream
    record Named(FeatureName name, int count, boolean trained, NoisePolicy noise, long seed)
            implements Features {
        /// Refuses no features.
        public Named {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "attention in linear time has at least one feature, got " + count);
            }
        }

        /// Trained where it can be, with noise that is drawn once.
        public Named(FeatureName name, int count) {
            this(name, count, true, NoisePolicy.FROZEN, 0);
        }

        /// The same with this seed.
        public Named seeded(long other) {
            return new Named(name, count, trained, noise, other);
        }

        /// The same with noise drawn at these times.
        public Named with(NoisePolicy policy) {
            return new Named(name, count, trained, policy, seed);
        }

        /// The same with its law as it starts.
        public Named untrained() {
            return new Named(name, count, false, noise, seed);
        }

        /// The map of one attention.
        ///
        /// @param place the attention's place in the model: another place, another map
        public Drawn draw(int heads, int d, DType dtype, String place) {
            RandomStream stream = RandomStream.of(seed).at(place);
            FeatureMap map = name.draw(new FeatureName.Size(heads, d, count, dtype), noise, stream);
            return new Drawn(this, trained ? map : Untrained.of(map));
        }

        /// The kernel these features are of; empty where it is learned.
        public Optional<Kernel> kernel() {
            return name.kernel();
        }
    }

    /// What was drawn of a name.
    record Drawn(Named recipe, FeatureMap map) implements Features {}
}
