package nonmercer.array;

import nonmercer.parallel.Parallel;

/// Linear recurrences along the middle axis.
public final class Scan {
    private static final int GRAIN = 1 << 12;

    private Scan() {}

    /// `outᵢ = decayᵢ outᵢ₋₁ + xᵢ₋₁`, `out₀ = 0`: for `x [b, n, w]` and `decay [b, n]`, what has
    /// gathered before each `i`. `out` must not be `x`.
    public static void before(Array x, Array decay, Array out) {
        run(x, decay, out, 1);
    }

    /// `outᵢ = decayᵢ outᵢ₊₁ + xᵢ₊₁`, `outₙ₋₁ = 0`: the same from the end.
    public static void after(Array x, Array decay, Array out) {
        run(x, decay, out, -1);
    }

    private static void run(Array x, Array decay, Array out, int step) {
        Loops loops = Chunks.loops("scan", x, decay, out);
        Chunks.shape("scan", "an output", x.shape(), out);
        if (x.shape().rank() != 3) {
            throw new IllegalArgumentException("scan: expected [b, n, w], got " + x.shape());
        }
        int n = x.dim(1);
        int w = x.dim(2);
        Chunks.shape("scan", "decays", Shape.of(x.dim(0), n), decay);
        if (x.size() == 0) {
            return;
        }
        int parts = Math.max(1, Math.min(8, w / GRAIN));
        int part = (w + parts - 1) / parts;
        Parallel.forRanges(
                x.dim(0) * parts,
                1,
                (from, to) -> {
                    for (int task = from; task < to; task++) {
                        int b = task / parts;
                        int left = task % parts * part;
                        int width = Math.min(part, w - left);
                        int at = (b * n + (step > 0 ? 0 : n - 1)) * w + left;
                        loops.fill(out, at, width, 0);
                        for (int i = 1; i < n; i++) {
                            int last = at;
                            at += step * w;
                            loops.copy(x, last, out, at, width);
                            int row = b * n + (step > 0 ? i : n - 1 - i);
                            loops.addScaled(decay.at(row), out, last, out, at, width);
                        }
                    }
                });
    }
}
