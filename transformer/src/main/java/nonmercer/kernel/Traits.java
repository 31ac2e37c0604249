package nonmercer.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What is known of a kernel. Silence means unknown, never false; nothing is inferred that a
/// definition does not say.
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

    /// These traits and one more proved, with what it implies by definition: a positive definite
    /// kernel is conditionally so, an infinitely divisible one is positive definite and not
    /// negative.
    public Traits proved(Trait trait, String source) {
        Traits t = with(trait, new Evidence.Proved(source));
        return switch (trait) {
            case POSITIVE_DEFINITE ->
                    t.implied(Trait.CONDITIONALLY_POSITIVE_DEFINITE, trait, source);
            case INFINITELY_DIVISIBLE ->
                    t.implied(Trait.POSITIVE_DEFINITE, trait, source)
                            .implied(Trait.CONDITIONALLY_POSITIVE_DEFINITE, trait, source)
                            .implied(Trait.NON_NEGATIVE, trait, source);
            case SYMMETRIC,
                    CONDITIONALLY_POSITIVE_DEFINITE,
                    CONDITIONALLY_NEGATIVE_DEFINITE,
                    STATIONARY,
                    NON_NEGATIVE ->
                    t;
        };
    }

    private Traits implied(Trait trait, Trait by, String source) {
        return of(trait) instanceof Evidence.Unknown
                ? with(trait, new Evidence.Proved(by.words() + " (" + source + ")"))
                : this;
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

    /// These traits and those, which have the last word, without their feature dimension.
    public Traits and(Traits others) {
        Traits all = this;
        for (Map.Entry<Trait, Evidence> e : others.known.entrySet()) {
            all = all.with(e.getKey(), e.getValue());
        }
        return all;
    }

    /// These traits with this feature dimension.
    public Traits features(FeatureDimension dimension) {
        return new Traits(known, dimension);
    }
}
