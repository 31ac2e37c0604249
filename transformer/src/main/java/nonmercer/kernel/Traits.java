package nonmercer.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What is known of a kernel. Silence means unknown, never false; nothing is inferred from
/// something else.
public record Traits(Map<Trait, Evidence> known, FeatureDimension features) {
    /// Copies the map.
    public Traits {
        EnumMap<Trait, Evidence> copy = new EnumMap<>(Trait.class);
        copy.putAll(known);
        known = Collections.unmodifiableMap(copy);
    }

    /// Nothing known.
    public static Traits none() {
        return new Traits(Map.of(), FeatureDimension.UNKNOWN);
    }

    /// What is known of one property.
    public Evidence of(Trait trait) {
        return known.getOrDefault(trait, Evidence.UNKNOWN);
    }

    /// Whether the property is proved.
    public boolean proved(Trait trait) {
        return of(trait) instanceof Evidence.Proved;
    }

    /// These traits and one more proved.
    public Traits proved(Trait trait, String source) {
        return with(trait, new Evidence.Proved(source));
    }

    /// These traits and one more refuted by a counter-example.
    public Traits refuted(Trait trait, String reason, double[]... witness) {
        return with(trait, new Evidence.Refuted(witness, reason));
    }

    /// These traits with other evidence for one.
    public Traits with(Trait trait, Evidence evidence) {
        EnumMap<Trait, Evidence> more = new EnumMap<>(Trait.class);
        more.putAll(known);
        more.put(trait, evidence);
        return new Traits(more, features);
    }

    /// These traits with this feature dimension.
    public Traits features(FeatureDimension dimension) {
        return new Traits(known, dimension);
    }
}
