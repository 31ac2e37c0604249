package nonmercer.array;

/// One step of a sum of products that grows by a row at a time: the state of streamed linear
/// attention.
public final class Recurrence {
    private Recurrence() {}

    /// For each of `b` states: `state ← decay·state + k ⊗ v`, then `out = q·state`, with `state [b,
    /// f, w]`, `q`, `k` `[b, f]`, `v`, `out` `[b, w]`, `decay [b]`. Nothing is allocated.
    public static void step(Array state, Array decay, Array k, Array v, Array q, Array out) {
        Loops loops = Chunks.loops("step", state, decay, k, v, q, out);
        int b = state.dim(0);
        int f = state.dim(1);
        int w = state.dim(2);
        Chunks.shape("step", "decays", Shape.of(b), decay);
        Chunks.shape("step", "a key", Shape.of(b, f), k);
        Chunks.shape("step", "a query", Shape.of(b, f), q);
        Chunks.shape("step", "a value", Shape.of(b, w), v);
        Chunks.shape("step", "an output", Shape.of(b, w), out);
        for (int i = 0; i < b; i++) {
            loops.fill(out, i * w, w, 0);
            double keep = decay.at(i);
            if (keep != 1) {
                loops.affine(state, i * f * w, keep, 0, state, i * f * w, f * w);
            }
            for (int l = 0; l < f; l++) {
                int row = (i * f + l) * w;
                loops.addScaled(k.at(i * f + l), v, i * w, state, row, w);
                loops.addScaled(q.at(i * f + l), state, row, out, i * w, w);
            }
        }
    }
}
