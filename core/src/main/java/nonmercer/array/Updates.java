package nonmercer.array;

import nonmercer.lanes.AdamStep;

/// The steps of optimisers: they change parameters and their running moments in place, and nothing
/// else does.
public final class Updates {
    private Updates() {}

    /// One step of Adam with decoupled decay: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p −
    /// decay·p − rate·m/(√v·correction + ε).
    public static void adam(AdamStep step, Array p, Array g, Array m, Array v) {
        Loops loops = Chunks.loops("adam", p, g, m, v);
        Chunks.shape("adam", "a gradient", p.shape(), g);
        Chunks.shape("adam", "a first moment", p.shape(), m);
        Chunks.shape("adam", "a second moment", p.shape(), v);
        Chunks.elements(p, (from, to) -> loops.adam(step, p, g, m, v, from, to - from));
    }

    /// One step of gradient descent with momentum: v ← momentum·v + g, p ← p − decay·p − rate·v.
    public static void momentum(
            double rate, double momentum, double decay, Array p, Array g, Array v) {
        Loops loops = Chunks.loops("momentum", p, g, v);
        Chunks.shape("momentum", "a gradient", p.shape(), g);
        Chunks.shape("momentum", "a velocity", p.shape(), v);
        Chunks.elements(
                p, (from, to) -> loops.momentum(rate, momentum, decay, p, g, v, from, to - from));
    }
}
