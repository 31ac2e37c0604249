package nonmercer.attention;

import java.util.Locale;
import nonmercer.array.Shape;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
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
/// @param flops multiplications and additions of the pairings and of the weighted means, forward
/// @param bytes of float32 held by the matrices of all pairs, forward
/// @param exact whether the result is the kernel's, up to rounding
public record Plan(String evaluation, String reason, long flops, long bytes, boolean exact) {
    static Plan exact(Kernel kernel, Shape q, Shape k, Shape v) {
        long pairs = (long) q.size() / q.dim(-1) * k.dim(-2);
        int pairings = pairings(kernel);
        return new Plan(
                "exact, all pairs",
                "the definition; every kernel has it",
                pairs * (2L * q.dim(-1) * pairings + 2L * v.dim(-1)),
                4 * pairs * (pairings + 1),
                true);
    }

    private static int pairings(Kernel kernel) {
        return switch (kernel) {
            case Profile p -> p.pairing() == Pairing.DOT ? 1 : 2;
            case Featured f -> 1;
            case Sum s -> s.terms().stream().mapToInt(Plan::pairings).sum();
            case Product p -> p.factors().stream().mapToInt(Plan::pairings).sum();
            case Scaled s -> pairings(s.kernel());
            case Warped w -> pairings(w.kernel());
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s (%s): %.1f MFLOP, %.1f MB of pairs, %s",
                evaluation,
                reason,
                flops / 1e6,
                bytes / 1e6,
                exact ? "exact" : "approximate");
    }
}
