package nonmercer.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nonmercer.kernel.Diagnostics;

/// [Diagnostics] in words.
final class KernelFacts {
    private static final double[] SHARES = {0.1, 0.001}; // of the largest singular value

    private KernelFacts() {}

    static Map<String, String> of(Diagnostics d, int dimension) {
        Map<String, String> facts = new LinkedHashMap<>();
        int n = d.gram().length;
        int m = d.gram()[0].length;
        facts.put("points", n + " queries, " + m + " keys of " + dimension + " coordinates");
        d.spectrum()
                .ifPresent(s -> {
                    double[] e = s.eigenvalues();
                    var i = s.inertia();
                    facts.put(
                            "eigenvalues of the symmetric part",
                            String.format(Locale.ROOT, "%.4g … %.4g", e[0], e[e.length - 1]));
                    facts.put(
                            "inertia",
                            i.positive()
                                    + " positive, "
                                    + i.negative()
                                    + " negative, "
                                    + i.zero()
                                    + " zero up to rounding");
                    facts.put(
                            "defect of positive semidefiniteness",
                            String.format(Locale.ROOT, "%.3g of the matrix", s.psdDefect()));
                    facts.put("asymmetry", String.format(Locale.ROOT, "%.3g", s.asymmetry()));
                });
        double[] sigma = d.singularValues();
        facts.put(
                "singular values",
                String.format(Locale.ROOT, "%.4g … %.4g", sigma[0], sigma[sigma.length - 1]));
        facts.put(
                "numerical rank",
                String.format(
                        Locale.ROOT,
                        "%d singular values above %.3g times the largest; at most %d by what is proved",
                        d.rank(),
                        d.tolerance(),
                        d.rankBound(dimension)));
        facts.put(
                "condition",
                d.condition().isPresent()
                        ? String.format(Locale.ROOT, "%.3g", d.condition().getAsDouble())
                        : "infinite: a singular value is 0");
        for (double share : SHARES) {
            facts.put(
                    String.format(Locale.ROOT, "effective dimension at λ = %s σ₁", share),
                    sigma[0] == 0
                            ? "0"
                            : String.format(
                                    Locale.ROOT, "%.2f", d.effectiveDimension(share * sigma[0])));
        }
        facts.put(
                "row entropy of attention",
                d.weights()
                        .map(w ->
                                String.format(
                                        Locale.ROOT,
                                        "%.3f nats, of %.3f at most: as among %.1f keys alike",
                                        w.entropy(),
                                        Math.log(m),
                                        Math.exp(w.entropy())))
                        .orElse("none: a weight is negative or a row sums to 0"));
        d.weights()
                .ifPresent(w ->
                        facts.put(
                                "sharpness",
                                String.format(
                                        Locale.ROOT,
                                        "%.3f, the mean of the largest weights",
                                        w.sharpness())));
        return facts;
    }
}
