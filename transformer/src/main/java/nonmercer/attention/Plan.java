package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nonmercer.array.Shape;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Warped;

/// What an attention will do for given shapes, printed like a query plan.
///
/// @param evaluation the way chosen
/// @param reason why it was chosen
/// @param applies what is applied beside the kernel: mask, bias, shared heads, dropout, denominator
/// @param flops arithmetic of the pairings and of the weighted means, forward: 2 a coordinate and
///   pair for a dot product or a mean, 3 for a distance or a sum of minima; where it is fused, of
///   the tiles of 64 queries and 64 keys that hold a pair that is seen
/// @param bytes of float32 kept for a gradient beside inputs and output: a number or three a query
///   where it is fused, else the matrices of all pairs, one a pairing and the weights
/// @param exact whether the result is the kernel's, up to rounding
/// @param error what is known of the error where it is not
public record Plan(
        String evaluation,
        String reason,
        List<String> applies,
        long flops,
        long bytes,
        boolean exact,
        String error) {
    private static final int TILE = 64;

    /// Exact, in tiles.
    static Plan fused(Attention attention, Shape q, Shape k, Shape v, Mask mask, Bias bias) {
        return new Plan(
                "exact, fused",
                "every kernel is a formula of pairings",
                applies(attention, q, k, mask, bias),
                q.dim(1) * seen(mask, q, k) * pair(attention, q, v),
                4L * q.without(-1).size() * (Gram.hasLog(attention.kernel()) ? 1 : 3),
                true,
                "");
    }

    /// Exact, by the definition.
    static Plan allPairs(Attention attention, Shape q, Shape k, Shape v, Mask mask, Bias bias) {
        long pairs = (long) q.without(-1).size() * k.dim(-2);
        return new Plan(
                "exact, all pairs",
                "the definition; every kernel has it",
                applies(attention, q, k, mask, bias),
                pairs * pair(attention, q, v),
                4 * pairs * (pairings(attention.kernel()) + 1),
                true,
                "");
    }

    /// The arithmetic of a pair: its pairings, and its part in the mean.
    private static long pair(Attention attention, Shape q, Shape v) {
        return flops(attention.kernel(), q.dim(-1)) + 2L * v.dim(-1);
    }

    private static List<String> applies(
            Attention attention, Shape q, Shape k, Mask mask, Bias bias) {
        List<String> all = new ArrayList<>();
        if (!(mask instanceof Mask.None)) {
            all.add("mask " + mask);
        }
        if (!(bias instanceof Bias.None)) {
            all.add(
                    Gram.hasLog(attention.kernel())
                            ? "bias added to ln k"
                            : "weights times e^bias");
        }
        if (q.dim(1) != k.dim(1)) {
            all.add(q.dim(1) + " heads of queries read " + k.dim(1) + " of keys in place");
        }
        if (attention.dropout() > 0) {
            all.add("in training a share " + attention.dropout() + " of the weights is dropped");
        }
        if (!(attention.denominator() instanceof Denominator.Refuse)) {
            all.add("denominator " + attention.denominator());
        }
        return all;
    }

    /// The pairs of the tiles that are computed, of all sequences.
    private static long seen(Mask mask, Shape q, Shape k) {
        int n = q.dim(2);
        int m = k.dim(2);
        mask.check(q.dim(0), n, m);
        long pairs = 0;
        int sequences = mask.perSequence() ? q.dim(0) : 1;
        for (int b = 0; b < sequences; b++) {
            for (int i = 0; i < n; i += TILE) {
                int height = Math.min(TILE, n - i);
                for (int j = 0; j < m; j += TILE) {
                    pairs += meets(mask, b, i, n, j, m) ? (long) height * Math.min(TILE, m - j) : 0;
                }
            }
        }
        return pairs * (q.dim(0) / Math.max(1, sequences));
    }

    private static boolean meets(Mask mask, int b, int i0, int n, int j0, int m) {
        for (int i = i0; i < Math.min(n, i0 + TILE); i++) {
            int from = Math.max(j0, mask.from(b, i, n, m)) - j0;
            int to = Math.min(Math.min(m, j0 + TILE), mask.to(b, i, n, m)) - j0;
            if (from < to && (mask.among(b, i, n, j0, m) & -1L << from & -1L >>> TILE - to) != 0) {
                return true;
            }
        }
        return false;
    }

    private static long flops(Kernel kernel, int d) {
        return switch (kernel) {
            case Profile p -> (p.pairing() == Pairing.DOT ? 2L : 3L) * d;
            case Featured f -> 2L * f.features().dimension(d);
            case Warped w -> flops(w.kernel(), w.queries().width(d));
            case Normalised n -> flops(n.kernel(), d) + 4;
            default -> kernel.operands().stream().mapToLong(k -> flops(k, d)).sum();
        };
    }

    private static int pairings(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> 1;
            case Featured f -> 1;
            case Normalised n -> pairings(n.kernel()) + 1;
            default -> kernel.operands().stream().mapToInt(Plan::pairings).sum();
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s (%s)%s: %.1f MFLOP, %.3g MB kept, %s",
                evaluation,
                reason,
                applies.stream().map(a -> "; " + a).collect(Collectors.joining()),
                flops / 1e6,
                bytes / 1e6,
                exact ? "exact" : "approximate" + (error.isEmpty() ? "" : ": " + error));
    }
}
