package nonmercer.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.array.DType;
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
/// A weight `w` is off by `a`, and the divisor by `Σ χ Δw + ρ`, as [WeightBound] says; `z` is what
/// dropout, after the division, multiplies a weight by: 0 or `1/(1 − rate)`.
///
/// The mean `o = Σ w z v/D`, off by `(Σ Δw (z v − χ o) + γ Σ|w z v| − ρ o)/D′`: what moves the sum
/// and the divisor together moves the mean by the difference.
///
/// `δ = ⟨ḡ, o⟩` in the same way by `(Σ Δw c + γ Σ|w| z⟨|ḡ|, |v|⟩ − ρ δ)/D′ + γ⟨|ḡ|, |o|⟩`, where `c
/// = z⟨ḡ, v⟩ − χδ` is the gradient of `w`, times D; and c by `γ z⟨|ḡ|, |v|⟩ + |χ|Δδ`, and where χ
/// may jump, by `|Δχ δ|`.
///
/// The gradient of values, `Σ w z ḡ/D` over the queries of all heads that share a key, by `Σ (a +
/// |w| ΔD/D + γ|w|) z|ḡ|/D′`. That of a pairing, `G = c Σ e^L T/D`, and that of a bias, `c w/D`, by
/// the sum of what each factor is off, times the others. A number of the bias gets the sum over all
/// pairs that it is added to: heads, sequences, and a diagonal of them if it is relative.
final class FusedBound {
    final double[] out;
    final double[] dq;
    final double[] dk;
    final double[] dv;
    final double[] dbias;
    final double[] others;

    private final FusedCase x;
    private final int n;
    private final int m;
    private final int share;
    private final double u;
    private final PairingBound pairings;
    private final double[] v;
    private final double[] g;
    private final double[] kept;
    private final Array biases;
    private final boolean biased;
    private final int[] summands;
    private final int e;

    private FusedBound(FusedCase x, double u) {
        this.x = x;
        this.u = u;
        n = x.n();
        m = x.m();
        share = x.share();
        pairings = new PairingBound(x, u);
        v = x.in().get(2).toDoubles();
        g = x.g().toDoubles();
        kept = x.kept();
        biased = x.biases().isPresent();
        biases = x.biases().orElse(Array.scalar(DType.FLOAT64, 0));
        e = x.e();
        out = new double[g.length];
        dq = pairings.dq;
        dk = pairings.dk;
        dv = new double[v.length];
        dbias = new double[biases.size()];
        others = new double[pairings.scores.others()];
        summands = new int[dbias.length];
        if (biased) {
            x.forSeen((group, i, j) -> summands[x.place(biases, group, i, j)]++);
        }
        for (int group = 0; group < x.groups(); group++) {
            for (int i = 0; i < n; i++) {
                row(group, i);
            }
        }
    }

    /// How far attention in the type of what it is given may be from the definition in float64. For
    /// kernels it [#knows].
    ///
    /// In float64 the definition is off by as much as attention; in float32 by less than 2⁻¹⁰ of
    /// that, as no error falls slower than `√u`, that of a root near 0.
    static FusedBound toDefinition(FusedCase x) {
        DType dtype = x.g().dtype();
        FusedBound b = new FusedBound(x, dtype.unitRoundoff());
        double both = dtype == DType.FLOAT64 ? 2 : 1 + 0x1p-10;
        for (double[] all : List.of(b.out, b.dq, b.dk, b.dv, b.dbias, b.others)) {
            Arrays.setAll(all, i -> both * all[i]);
        }
        return b;
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

    /// What so many roundings may do to a number of size 1.
    static double gamma(int roundings, double u) {
        return 1.01 * roundings * u; // the squares of u
    }

    /// Below this, numbers are lost.
    static double tiny(double u) {
        return u > 0x1p-30 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    }

    private double gamma(int roundings) {
        return gamma(roundings, u);
    }

    private void row(int group, int i) {
        List<List<RunningError>> parts = new ArrayList<>();
        RunningError[] added = new RunningError[biased ? m : 0];
        for (int j = 0; j < m; j++) {
            parts.add(
                    x.sees(group, i, j)
                            ? RunningError.run(
                                    pairings.scores.gradient(), pairings.of(group, i, j), u)
                            : List.of());
            if (biased) {
                double b = biases.at(x.place(biases, group, i, j));
                // what is made of positions is rounded
                added[j] =
                        new RunningError(b, x.bias() instanceof Bias.Linear ? u * Math.abs(b) : 0);
            }
        }
        WeightBound w =
                new WeightBound(
                        pairings.scores, x.attention().denominator().divisor(), parts, added, u);
        if (w.zero) {
            return; // what sees nothing, or only zeros, gets and gives zeros
        }
        double[] z = new double[m];
        Arrays.setAll(z, j -> kept.length == 0 ? 1 : kept[(group * n + i) * m + j]);
        gradients(group, i, parts, w, z, means(group, i, w, z));
    }

    private int query(int group, int i) {
        return (group * n + i) * e;
    }

    private int key(int group, int j) {
        return (group / share * m + j) * e;
    }

    private double[] means(int group, int i, WeightBound w, double[] z) {
        double[] o = new double[e];
        for (int l = 0; l < e; l++) {
            for (int j = 0; j < m; j++) {
                o[l] += w.weights[j] * z[j] * v[key(group, j) + l] / w.divisor;
            }
            double size = Math.abs(o[l]);
            double off = w.rounding * size;
            for (int j = 0; j < m; j++) {
                double value = z[j] * v[key(group, j) + l];
                off +=
                        w.offs[j] * (Math.abs(value - w.slopes[j] * o[l]) + w.doubts[j] * size)
                                + gamma(w.seen + 8) * Math.abs(w.weights[j] * value);
            }
            out[query(group, i) + l] = off * w.by + (gamma(4) + w.turn) * size;
        }
        return o;
    }

    private void gradients(
            int group,
            int i,
            List<List<RunningError>> parts,
            WeightBound w,
            double[] z,
            double[] o) {
        double[] c = new double[m];
        double[] sizes = new double[m];
        double delta = 0;
        double off = 0;
        for (int l = 0; l < e; l++) {
            double by = g[query(group, i) + l];
            delta += by * o[l];
            off += gamma(e + 8) * Math.abs(by * o[l]);
            for (int j = 0; j < m; j++) {
                double product = by * z[j] * v[key(group, j) + l];
                c[j] += product;
                sizes[j] += Math.abs(product);
            }
        }
        double moved = w.rounding * Math.abs(delta);
        for (int j = 0; j < m; j++) {
            c[j] -= w.slopes[j] * delta;
            moved +=
                    w.offs[j] * (Math.abs(c[j]) + w.doubts[j] * Math.abs(delta))
                            + gamma(w.seen + e + 8) * Math.abs(w.weights[j]) * sizes[j];
        }
        off += moved * w.by;
        for (int j = 0; j < m; j++) {
            if (w.sees(j)) {
                double slope = Math.abs(w.slopes[j]);
                double ofDelta = slope * gamma(4) + w.doubts[j];
                double ofC =
                        gamma(e + 8) * sizes[j]
                                + (slope + w.doubts[j]) * off
                                + ofDelta * Math.abs(delta);
                values(group, i, j, w, z[j]);
                ofBias(group, i, j, w, c[j], ofC);
                ofPairings(group, i, j, parts.get(j), w, c[j], ofC);
            }
        }
    }

    private void values(int group, int i, int j, WeightBound w, double z) {
        double summed = w.relative + w.turn + gamma(pairings.seers(group, j) + 16);
        double off = (w.offs[j] + Math.abs(w.weights[j]) * summed) * w.by * z;
        for (int l = 0; l < e; l++) {
            dv[key(group, j) + l] += off * Math.abs(g[query(group, i) + l]);
        }
    }

    /// The gradient of a weight, off by some number, on to the bias.
    private void ofBias(int group, int i, int j, WeightBound w, double c, double ofC) {
        if (biased) {
            int place = x.place(biases, group, i, j);
            double size = Math.abs(w.weights[j]);
            double summed = w.relative + w.turn + gamma(summands[place] + 16);
            dbias[place] += (ofC * size + Math.abs(c) * (w.offs[j] + size * summed)) * w.by;
        }
    }

    /// The same on to the pairings and the other numbers.
    private void ofPairings(
            int group,
            int i,
            int j,
            List<RunningError> parts,
            WeightBound w,
            double c,
            double ofC) {
        int count = pairings.scores.forms().size();
        for (int p = 0; p < count + others.length; p++) {
            double size = 0;
            double delta = 0;
            for (int k = 0; k < pairings.scores.terms().size(); k++) {
                WeightBound.Term term = w.terms[j][k];
                RunningError t = parts.get(pairings.scores.slope(k, p));
                double part = Math.abs(c * t.value()) * term.power() * w.by;
                size += part;
                delta +=
                        (ofC * Math.abs(t.value()) + Math.abs(c) * t.error()) * term.power() * w.by
                                + Math.abs(c * t.value()) * term.powerOff() * w.by
                                + part * (w.relative + w.turn + gamma(16));
            }
            if (p < count) {
                pairings.spread(group, i, j, p, size, delta, w.seen);
            } else {
                others[p - count] += delta + gamma(n * m) * size;
            }
        }
    }
}
