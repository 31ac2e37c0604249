package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Form;
import nonmercer.fused.Scores;
import nonmercer.fused.Weight;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warp;
import nonmercer.kernel.Warped;

/// How far attention in tiles, in arithmetic of unit roundoff `u`, may be from the exact one: for
/// each number of its output and of its gradients, to first order, in the order of the derivation.
///
/// With `w = r e^L` off by `a`, `D = Σw` and `A = Σa + γ Σ|w|`: the mean `o = Σ w v/D` is off by
/// `(Σ a(|v| + |o|) + γ Σ|w|(|v| + |o|))/D`; `c = ⟨ḡ, v⟩ − ⟨ḡ, o⟩` by `γ⟨|ḡ|, |v| + |o|⟩ + ⟨|ḡ|,
/// Δo⟩`; the gradient of a pairing, `G = c e^L T/D`, by the sum of what each factor is off, times
/// the others; and a sum `Σ G x` over pairs by `Σ (ΔG |x| + γ |G| |x|)`. `4/3` more for `D` off by
/// a quarter at most; a row whose weights are off by more has no bound.
final class FusedBound {
    final double[] out;
    final double[] dq;
    final double[] dk;
    final double[] dv;
    final double[] others;

    private final double u;
    private final Mask mask;
    private final Scores scores;
    private final List<double[]> queries = new ArrayList<>();
    private final List<double[]> keys = new ArrayList<>();
    private final double[] v;
    private final double[] g;
    private final int n;
    private final int m;
    private final int d;
    private final int e;

    /// For attention whose kernel has warps that act on each coordinate by itself.
    FusedBound(Attention attention, Array q, Array k, Array v, Array g, Mask mask, double u) {
        this.u = u;
        this.mask = mask;
        Compiled compiled = Compiled.of(attention, Tensor.of(q), Tensor.of(k), Pass.evaluation());
        scores = compiled.program().scores();
        compiled.program().queries().forEach(x -> queries.add(x.value().toDoubles()));
        compiled.program().keys().forEach(x -> keys.add(x.value().toDoubles()));
        this.v = v.toDoubles();
        this.g = g.toDoubles();
        n = q.dim(2);
        m = k.dim(2);
        d = q.dim(3);
        e = v.dim(3);
        out = new double[this.g.length];
        dq = new double[q.size()];
        dk = new double[k.size()];
        dv = new double[this.v.length];
        others = new double[scores.others()];
        double[] rawQ = q.toDoubles();
        double[] rawK = k.toDoubles();
        int heads = q.dim(1);
        for (int row = 0; row < q.dim(0) * heads * n; row++) {
            row(row / n / heads, row / n, row % n, rawQ, rawK);
        }
    }

    /// Whether every warp of the kernel stretches each coordinate by itself.
    static boolean knows(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> true;
            case Sum s -> s.terms().stream().allMatch(FusedBound::knows);
            case Product p -> p.factors().stream().allMatch(FusedBound::knows);
            case Scaled s -> knows(s.kernel());
            case Warped(Kernel inner, Warp.Stretch f, Warp.Stretch g) -> knows(inner);
            default -> false;
        };
    }

    private double gamma(int roundings) {
        return 1.01 * roundings * u; // the squares of u
    }

    /// The pairings of a query and a key. Coordinates are off by 6 roundings where there is a warp.
    private List<RunningError> pairings(int head, int i, int j) {
        List<RunningError> all = new ArrayList<>();
        for (int p = 0; p < queries.size(); p++) {
            double value = 0;
            double sizes = 0;
            double moved = 0;
            double norms = 0;
            for (int l = 0; l < d; l++) {
                double x = queries.get(p)[(head * n + i) * d + l];
                double y = keys.get(p)[(head * m + j) * d + l];
                double c = keys.get(p)[head * m * d + l]; // the first key, the origin of distances
                double term =
                        switch (scores.forms().get(p)) {
                            case DOT -> x * y;
                            case SQUARED_DISTANCE -> (x - y) * (x - y);
                            case L1_DISTANCE -> Math.abs(x - y);
                            case SUM_OF_MINIMA -> Math.min(x, y);
                            case HARMONIC -> x > 0 && y > 0 ? 2 * x * y / (x + y) : 0;
                        };
                value += term;
                sizes += Math.abs(term);
                double off = gamma(6) * (Math.abs(x) + Math.abs(y));
                moved +=
                        switch (scores.forms().get(p)) {
                            case DOT -> 2 * gamma(6) * Math.abs(x * y);
                            case SQUARED_DISTANCE -> 2 * Math.abs(x - y) * off + off * off;
                            case L1_DISTANCE, SUM_OF_MINIMA -> off;
                            case HARMONIC -> 2 * off + gamma(4) * Math.abs(term);
                        };
                norms += (x - c) * (x - c) + (y - c) * (y - c);
            }
            double rounding =
                    scores.forms().get(p) == Form.SQUARED_DISTANCE
                            ? 2 * (d + 3) * u * norms // two norms and a product
                            : gamma(d + 2) * sizes;
            all.add(new RunningError(value, rounding + moved));
        }
        return all;
    }

    private void row(int b, int head, int i, double[] rawQ, double[] rawK) {
        int parts = scores.weight() == Weight.SCALED ? 2 : 1;
        List<List<RunningError>> all = new ArrayList<>();
        double most = Double.NEGATIVE_INFINITY;
        double size = 0;
        for (int j = 0; j < m; j++) {
            all.add(
                    mask.sees(b, i, n, j, m)
                            ? RunningError.run(scores.gradient(), pairings(head, i, j), u)
                            : List.of());
            if (!all.get(j).isEmpty() && scores.weight() != Weight.VALUE) {
                most = Math.max(most, all.get(j).getFirst().value());
                size = Math.max(size, Math.abs(all.get(j).getFirst().value()));
            }
        }
        double[] exp = new double[m];
        double[] relative = new double[m];
        double[] w = new double[m];
        double[] a = new double[m];
        double sum = 0;
        double sizes = 0;
        double off = 0;
        for (int j = 0; j < m; j++) {
            if (all.get(j).isEmpty()) {
                continue;
            }
            List<RunningError> r = all.get(j);
            boolean logs = scores.weight() != Weight.VALUE;
            exp[j] = logs ? Math.exp(r.getFirst().value() - most) : 1;
            // the logarithm, less a shift that was rounded with it; the exponential; what is kept
            // of
            // a row, which has the size of the largest and of ln m
            relative[j] =
                    logs ? r.getFirst().error() + gamma(16) + 6 * u * (size + Math.log(m)) : 0;
            boolean factors = scores.weight() != Weight.LOGARITHM;
            double factor = factors ? r.get(parts - 1).value() : 1;
            w[j] = factor * exp[j];
            a[j] =
                    Math.abs(w[j]) * (relative[j] + gamma(4))
                            + (factors ? r.get(parts - 1).error() * exp[j] : 0);
            sum += w[j];
            sizes += Math.abs(w[j]);
            off += a[j];
        }
        off += gamma(m + 4) * sizes;
        bounds(head, i, all, exp, relative, w, a, sum, sizes, off, rawQ, rawK);
    }

    private void bounds(
            int head,
            int i,
            List<List<RunningError>> all,
            double[] exp,
            double[] relative,
            double[] w,
            double[] a,
            double sum,
            double sizes,
            double off,
            double[] rawQ,
            double[] rawK) {
        if (sizes == 0) {
            return;
        }
        double by = off < Math.abs(sum) / 4 ? 4.0 / 3 / Math.abs(sum) : Double.POSITIVE_INFINITY;
        double[] o = new double[e];
        int at = (head * n + i) * e;
        for (int l = 0; l < e; l++) {
            for (int j = 0; j < m; j++) {
                o[l] += w[j] * v[(head * m + j) * e + l] / sum;
            }
            for (int j = 0; j < m; j++) {
                double reach = Math.abs(v[(head * m + j) * e + l]) + Math.abs(o[l]);
                out[at + l] += (a[j] + gamma(m + 8) * Math.abs(w[j])) * reach * by;
            }
        }
        int parts = scores.weight() == Weight.SCALED ? 2 : 1;
        for (int j = 0; j < m; j++) {
            if (all.get(j).isEmpty()) {
                continue;
            }
            double c = 0;
            double moved = 0;
            double weight = (a[j] + Math.abs(w[j]) * (off / Math.abs(sum) + gamma(n + 16))) * by;
            for (int l = 0; l < e; l++) {
                double value = v[(head * m + j) * e + l];
                double gradient = Math.abs(g[at + l]);
                c += g[at + l] * (value - o[l]);
                moved +=
                        gradient
                                * (gamma(e + 8) * (Math.abs(value) + Math.abs(o[l])) + out[at + l]);
                dv[(head * m + j) * e + l] += weight * gradient;
            }
            for (int p = 0; p < scores.gradient().results().size() - parts; p++) {
                RunningError t = all.get(j).get(parts + p);
                double size = Math.abs(c * t.value()) * exp[j] * by;
                double delta =
                        (moved * Math.abs(t.value()) + Math.abs(c) * t.error()) * exp[j] * by
                                + size * (relative[j] + off / Math.abs(sum) + gamma(16));
                if (p < queries.size()) {
                    spread(head, i, j, p, size, delta, rawQ, rawK);
                } else {
                    others[p - queries.size()] += delta + gamma(n * m) * size;
                }
            }
        }
    }

    private void spread(
            int head,
            int i,
            int j,
            int p,
            double size,
            double delta,
            double[] rawQ,
            double[] rawK) {
        for (int l = 0; l < d; l++) {
            int qi = (head * n + i) * d + l;
            int kj = (head * m + j) * d + l;
            double x = queries.get(p)[qi];
            double y = keys.get(p)[kj];
            double c = keys.get(p)[head * m * d + l];
            double toQ =
                    switch (scores.forms().get(p)) {
                        case DOT -> (delta + gamma(m + 12) * size) * Math.abs(y);
                        case SQUARED_DISTANCE ->
                                2 * delta * Math.abs(x - y)
                                        + 2 * gamma(m + 16) * size * reach(x, y, c);
                        case L1_DISTANCE, SUM_OF_MINIMA -> delta + gamma(m + 8) * size;
                        case HARMONIC -> 2 * (delta + gamma(m + 16) * size);
                    };
            double toK =
                    switch (scores.forms().get(p)) {
                        case DOT -> (delta + gamma(n + 12) * size) * Math.abs(x);
                        case SQUARED_DISTANCE ->
                                2 * delta * Math.abs(x - y)
                                        + 2 * gamma(n + 16) * size * reach(x, y, c);
                        case L1_DISTANCE, SUM_OF_MINIMA -> delta + gamma(n + 8) * size;
                        case HARMONIC -> 2 * (delta + gamma(n + 16) * size);
                    };
            dq[qi] += toQ * slope(x, rawQ[qi]);
            dk[kj] += toK * slope(y, rawK[kj]);
        }
    }

    /// What the digits of a difference of coordinates are relative to: both, moved, and as given.
    private static double reach(double x, double y, double c) {
        return Math.abs(x - c) + Math.abs(y - c) + Math.abs(x) + Math.abs(y);
    }

    /// The slope of a warp that stretches.
    private static double slope(double warped, double raw) {
        return raw == 0 ? 1 : Math.abs(warped / raw);
    }
}
