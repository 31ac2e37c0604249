package nonmercer.experiment;

import java.util.Optional;
import nonmercer.feature.RandomFeatures;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;

/// A way to make features of a kernel, with as many of them as one likes.
///
/// @param name what tables call it
/// @param group what it is compared with
/// @param random whether another stream gives other features
/// @param maker makes the map
public record FeatureFamily(String name, Group group, boolean random, Maker maker) {
    /// What is compared with each other.
    public enum Group {
        /// What a feature makes of a frequency, and of the data beforehand; orthogonal frequencies.
        COMPONENTS("What a feature makes of a frequency"),
        /// How the frequencies are drawn together; one component.
        COUPLINGS("How frequencies are drawn together"),
        /// Everything that has no frequencies.
        OTHERS("Maps without frequencies");

        private final String words;

        Group(String words) {
            this.words = words;
        }

        /// A title.
        public String words() {
            return words;
        }
    }

    /// Makes a map.
    @FunctionalInterface
    public interface Maker {
        /// A map with as many features as it can have up to `most`, for heads such as these; empty
        /// if it has none so small.
        Optional<Made> make(int most, HeadSamples data, RandomStream stream);
    }

    /// A map, and what is known of it.
    ///
    /// @param recipe where it is of random features, from which their variance follows
    /// @param risk why attention's normaliser can vanish or change its sign, if it can
    public record Made(FeatureMap map, Optional<RandomFeatures> recipe, Optional<String> risk) {
        static Made of(RandomFeatures recipe, RandomStream stream) {
            return new Made(recipe.draw(stream), Optional.of(recipe), recipe.normaliserRisk());
        }

        static Made safe(FeatureMap map) {
            return new Made(map, Optional.empty(), Optional.empty());
        }

        static Made risky(FeatureMap map, String risk) {
            return new Made(map, Optional.empty(), Optional.of(risk));
        }
    }
}
