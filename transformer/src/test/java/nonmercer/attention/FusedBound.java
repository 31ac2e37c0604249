package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.array.DType;
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
/// With `w = Σ r e^L` off by `a`, `D = Σw` and `A = Σa + γ Σ|w|`: the mean `o = Σ w v/D` is off by
/// `(Σ a(|v| + |o|) + γ Σ|w|(|v| + |o|))/D`; `c = ⟨ḡ, v⟩ − ⟨ḡ, o⟩` by `γ⟨|ḡ|, |v| + |o|⟩ + ⟨|ḡ|,
/// Δo⟩`; the gradient of a pairing, `G = c Σ e^L T/D`, by the sum of what each factor is off, times
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
    private final int[] sources;
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
        Object[] storedQ = compiled.program().queries().stream().map(FusedBound::stored).toArray();
        Object[] storedK = compiled.program().keys().stream().map(FusedBound::stored).toArray();
        sources =
                IntStream.range(0, storedQ.length)
                        .map(p -> scores.source(p, storedQ, storedK))
                        .toArray();
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

    private static Object stored(Tensor x) {
        return x.value().dtype() == DType.FLOAT32 ? x.value().floats() : x.value().doubles();
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
                double c = centre(p, head, l);
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

    /// The origin of distances: the first key, or 0 where they are made of dot products.
    private double centre(int p, int head, int l) {
        return sources[p] == p ? keys.get(p)[head * m * d + l] : 0;
    }

    /// A term `r e^(L − most)` of a weight.
    ///
    /// @param relative how far `e^L` may be off, relative to itself
    /// @param off how far the term may be off
    private record Term(double value, double power, double relative, double off) {}

    private Term term(List<RunningError> r, int t, double most, double size) {
        Weight kind = scores.terms().get(t);
        int part = scores.part(t);
        boolean alone = scores.terms().size() == 1;
        boolean log = kind != Weight.VALUE;
        boolean factor = kind != Weight.LOGARITHM;
        RunningError l = log ? r.get(part) : new RunningError(0, 0);
        RunningError by = factor ? r.get(part + (log ? 1 : 0)) : new RunningError(1, 0);
        double power = alone && !log ? 1 : Math.exp(l.value() - most);
        // the logarithm, less a shift that was rounded with it; the exponential; what is kept of a
        // row, which has the size of the largest and of ln m
        double relative = alone && !log ? 0 : l.error() + gamma(16) + 6 * u * (size + Math.log(m));
        double value = by.value() * power;
        double off = Math.abs(value) * (relative + gamma(4)) + by.error() * power;
        return new Term(value, power, relative, off);
    }

    private void row(int b, int head, int i, double[] rawQ, double[] rawK) {
        int terms = scores.terms().size();
        List<List<RunningError>> all = new ArrayList<>();
        double most = Double.NEGATIVE_INFINITY;
        double size = 0;
        for (int j = 0; j < m; j++) {
            all.add(
                    mask.sees(b, i, n, j, m)
                            ? RunningError.run(scores.gradient(), pairings(head, i, j), u)
                            : List.of());
            for (int t = 0; t < terms && !all.get(j).isEmpty(); t++) {
                boolean log = scores.terms().get(t) != Weight.VALUE;
                double l = log ? all.get(j).get(scores.part(t)).value() : 0;
                if (log || terms > 1) {
                    most = Math.max(most, l);
                    size = Math.max(size, Math.abs(l));
                }
            }
        }
        Term[][] each = new Term[m][terms];
        double[] w = new double[m];
        double[] a = new double[m];
        double sum = 0;
        double sizes = 0;
        double off = 0;
        for (int j = 0; j < m; j++) {
            if (all.get(j).isEmpty()) {
                continue;
            }
            double total = 0;
            for (int t = 0; t < terms; t++) {
                each[j][t] = term(all.get(j), t, most, size);
                w[j] += each[j][t].value;
                a[j] += each[j][t].off;
                total += Math.abs(each[j][t].value);
            }
            a[j] += gamma(terms - 1) * total;
            sum += w[j];
            sizes += total;
            off += a[j];
        }
        off += gamma(m + 4) * sizes;
        bounds(head, i, all, each, w, a, sum, sizes, off, rawQ, rawK);
    }

    private void bounds(
            int head,
            int i,
            List<List<RunningError>> all,
            Term[][] each,
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
            for (int p = 0; p < queries.size() + scores.others(); p++) {
                double size = 0;
                double delta = 0;
                for (int k = 0; k < scores.terms().size(); k++) {
                    Term term = each[j][k];
                    RunningError t = all.get(j).get(scores.slope(k, p));
                    double part = Math.abs(c * t.value()) * term.power * by;
                    double moves = moved * Math.abs(t.value()) + Math.abs(c) * t.error();
                    size += part;
                    delta +=
                            moves * term.power * by
                                    + part * (term.relative + off / Math.abs(sum) + gamma(16));
                }
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
            double c = centre(p, head, l);
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
