package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Scores;

/// How far the pairings of queries and keys may be off in arithmetic of unit roundoff `u`, and what
/// the gradients of queries and keys are by those of the pairings.
///
/// A sum of `d` products is off by `γ(d)` of its terms' sizes; a squared distance by as much of the
/// squared norms it is made of, unless that is more than 2⁻¹⁰ of it (2⁻⁴⁰ in float64): then it is
/// computed again, by differences, and off by `γ(d)` of itself. A gradient of queries is a sum `Σⱼ
/// G ∂s/∂q` over the keys a query sees, one of keys `Σᵢ G ∂s/∂k` over the queries of all heads that
/// read the key: off by `Σ (ΔG |∂s| + γ |G| |∂s|)`, with γ of the number of summands.
final class PairingBound {
    final Scores scores;
    final double[] dq;
    final double[] dk;

    private final int n;
    private final int m;
    private final int share;
    private final int d;
    private final double u;
    private final int[] sources;
    private final List<double[]> queries = new ArrayList<>();
    private final List<double[]> keys = new ArrayList<>();
    private final double tolerance;
    private final double[] rawQ;
    private final double[] rawK;
    private final int[] seers;

    PairingBound(FusedCase x, double u) {
        this.u = u;
        n = x.n();
        m = x.m();
        share = x.share();
        d = x.d();
        tolerance = u > 0x1p-30 ? 0x1p-10 : 0x1p-40;
        Tensor q = Tensor.of(x.in().get(0));
        Tensor k = Tensor.of(x.in().get(1));
        Compiled compiled = Compiled.of(x.attention(), q, k, Pass.evaluation());
        scores = compiled.program().scores();
        Object[] storedQ =
                compiled.program().queries().stream().map(PairingBound::stored).toArray();
        Object[] storedK = compiled.program().keys().stream().map(PairingBound::stored).toArray();
        sources =
                IntStream.range(0, storedQ.length)
                        .map(p -> scores.source(p, storedQ, storedK))
                        .toArray();
        compiled.program().queries().forEach(a -> queries.add(a.value().toDoubles()));
        compiled.program().keys().forEach(a -> keys.add(a.value().toDoubles()));
        rawQ = q.value().toDoubles();
        rawK = k.value().toDoubles();
        dq = new double[rawQ.length];
        dk = new double[rawK.length];
        seers = new int[rawK.length / d];
        x.forSeen((group, i, j) -> seers[key(group, j) / d]++);
    }

    private static Object stored(Tensor x) {
        return x.value().dtype() == DType.FLOAT32 ? x.value().floats() : x.value().doubles();
    }

    private double gamma(int roundings) {
        return FusedBound.gamma(roundings, u);
    }

    private int query(int group, int i) {
        return (group * n + i) * d;
    }

    private int key(int group, int j) {
        return (group / share * m + j) * d;
    }

    /// How many queries of all heads that read a key see it.
    int seers(int group, int j) {
        return seers[key(group, j) / d];
    }

    /// The pairings of a query and a key. Coordinates are off by 6 roundings where there is a warp.
    List<RunningError> of(int group, int i, int j) {
        List<RunningError> all = new ArrayList<>();
        int qi = query(group, i);
        int kj = key(group, j);
        for (int p = 0; p < queries.size(); p++) {
            double[] q = queries.get(p);
            double[] k = keys.get(p);
            double value = 0;
            double sizes = 0;
            double moved = 0;
            double norms = 0;
            for (int l = 0; l < d; l++) {
                double a = q[qi + l];
                double b = k[kj + l];
                double c = centre(p, group, l);
                double term =
                        switch (scores.forms().get(p)) {
                            case DOT -> a * b;
                            case SQUARED_DISTANCE -> (a - b) * (a - b);
                            case L1_DISTANCE -> Math.abs(a - b);
                            case SUM_OF_MINIMA -> Math.min(a, b);
                            case HARMONIC -> a > 0 && b > 0 ? 2 * a * b / (a + b) : 0;
                        };
                value += term;
                sizes += Math.abs(term);
                double off = gamma(6) * (Math.abs(a) + Math.abs(b));
                moved +=
                        switch (scores.forms().get(p)) {
                            case DOT -> 2 * gamma(6) * Math.abs(a * b);
                            case SQUARED_DISTANCE -> 2 * Math.abs(a - b) * off + off * off;
                            case L1_DISTANCE, SUM_OF_MINIMA -> off;
                            case HARMONIC -> 2 * off + gamma(4) * Math.abs(term);
                        };
                norms += (a - c) * (a - c) + (b - c) * (b - c);
            }
            double cancelled = 2 * (d + 3) * u * norms; // two norms and a product
            boolean products =
                    scores.forms().get(p) == Form.SQUARED_DISTANCE
                            && value * (1 + 0x1p-8) >= cancelled / tolerance;
            double rounding = products ? cancelled : gamma(d + 2) * sizes;
            all.add(new RunningError(value, rounding + moved));
        }
        return all;
    }

    /// The origin of distances: the first key, or 0 where they are made of dot products.
    private double centre(int p, int group, int l) {
        return sources[p] == p ? keys.get(p)[key(group, 0) + l] : 0;
    }

    /// Adds what a pairing's gradient of some size, off by some delta, does to those of a query
    /// that sees so many keys and of a key.
    void spread(int group, int i, int j, int p, double size, double delta, int seen) {
        for (int l = 0; l < d; l++) {
            int qi = query(group, i) + l;
            int kj = key(group, j) + l;
            double a = queries.get(p)[qi];
            double b = keys.get(p)[kj];
            double reach = reach(a, b, centre(p, group, l));
            dq[qi] += slope(p, size, delta, seen, a, b, reach) * warp(a, rawQ[qi]);
            dk[kj] += slope(p, size, delta, seers(group, j), b, a, reach) * warp(b, rawK[kj]);
        }
    }

    /// One summand of the bound of the gradient of a coordinate paired with another.
    private double slope(
            int p,
            double size,
            double delta,
            int summands,
            double own,
            double other,
            double reach) {
        return switch (scores.forms().get(p)) {
            case DOT -> (delta + gamma(summands + 12) * size) * Math.abs(other);
            case SQUARED_DISTANCE ->
                    2 * delta * Math.abs(own - other) + 2 * gamma(summands + 16) * size * reach;
            case L1_DISTANCE, SUM_OF_MINIMA -> delta + gamma(summands + 8) * size;
            case HARMONIC -> 2 * (delta + gamma(summands + 16) * size);
        };
    }

    /// What the digits of a difference of coordinates are relative to: both, moved, and as given.
    private static double reach(double a, double b, double c) {
        return Math.abs(a - c) + Math.abs(b - c) + Math.abs(a) + Math.abs(b);
    }

    /// The slope of a warp that stretches.
    private static double warp(double warped, double raw) {
        return raw == 0 ? 1 : Math.abs(warped / raw);
    }
}
