package nonmercer.attention;

import java.util.Locale;
import nonmercer.array.Shape;
import nonmercer.kernel.Applied;
import nonmercer.kernel.Composed;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Normalised;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Product;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Scaled;
import nonmercer.kernel.Sum;
import nonmercer.kernel.Warped;

/// What an attention will do for given shapes, printed like a query plan.
///
/// @param evaluation the way chosen
/// @param reason why it was chosen
/// @param flops arithmetic of the pairings and of the weighted means, forward: 2 a coordinate and
///   pair for a dot product or a mean, 3 for a distance or a sum of minima
/// @param bytes of float32 kept for a gradient beside inputs and output: one number a query where
///   it is fused, else the matrices of all pairs, one a pairing and the weights
/// @param exact whether the result is the kernel's, up to rounding
public record Plan(String evaluation, String reason, long flops, long bytes, boolean exact) {
    static Plan exact(Attention attention, Shape q, Shape k, Shape v) {
        Kernel kernel = attention.kernel();
        long pairs = (long) q.without(-1).size() * k.dim(-2);
        long flops = pairs * (flops(kernel, q.dim(-1)) + 2L * v.dim(-1));
        return switch (attention.evaluation()) {
            case FUSED ->
                    new Plan(
                            "exact, fused",
                            "every kernel is a formula of pairings",
                            flops,
                            4L * q.without(-1).size(),
                            true);
            case DEFINITION ->
                    new Plan(
                            "exact, all pairs",
                            "the definition; every kernel has it",
                            flops,
                            4 * pairs * (pairings(kernel) + 1),
                            true);
        };
    }

    private static long flops(Kernel kernel, int d) {
        return switch (kernel) {
            case Profile p -> (p.pairing() == Pairing.DOT ? 2L : 3L) * d;
            case Featured f -> 2L * f.features().dimension(d);
            case Composed c -> flops(c.definition(), d);
            case Sum s -> s.terms().stream().mapToLong(t -> flops(t, d)).sum();
            case Product p -> p.factors().stream().mapToLong(t -> flops(t, d)).sum();
            case Scaled s -> flops(s.kernel(), d);
            case Warped w -> flops(w.kernel(), w.queries().width(d));
            case Applied a -> flops(a.kernel(), d);
            case Normalised n -> flops(n.kernel(), d) + 4;
        };
    }

    private static int pairings(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> 1;
            case Featured f -> 1;
            case Composed c -> pairings(c.definition());
            case Sum s -> s.terms().stream().mapToInt(Plan::pairings).sum();
            case Product p -> p.factors().stream().mapToInt(Plan::pairings).sum();
            case Scaled s -> pairings(s.kernel());
            case Warped w -> pairings(w.kernel());
            case Applied a -> pairings(a.kernel());
            case Normalised n -> pairings(n.kernel()) + 1;
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s (%s): %.1f MFLOP, %.3g MB kept, %s",
                evaluation,
                reason,
                flops / 1e6,
                bytes / 1e6,
                exact ? "exact" : "approximate");
    }
}
