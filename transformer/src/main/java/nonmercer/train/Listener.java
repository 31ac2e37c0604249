package nonmercer.train;

/// Told of a training's steps and epochs as they end.
public interface Listener {
    /// A step ended.
    default void step(Progress progress) {}

    /// An epoch ended.
    default void epoch(Epoch epoch) {}

    /// Hears nothing.
    static Listener silent() {
        return new Listener() {};
    }

    /// Tells both.
    default Listener and(Listener other) {
        Listener first = this;
        return new Listener() {
            @Override
            public void step(Progress progress) {
                first.step(progress);
                other.step(progress);
            }

            @Override
            public void epoch(Epoch epoch) {
                first.epoch(epoch);
                other.epoch(epoch);
            }
        };
    }
}
