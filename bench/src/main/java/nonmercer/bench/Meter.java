package nonmercer.bench;

/// A way to measure a case.
public sealed interface Meter permits Rounds, Jmh {
    /// Measures one case.
    Row measure(Case c);
}
