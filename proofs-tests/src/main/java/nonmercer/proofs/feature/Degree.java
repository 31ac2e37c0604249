package nonmercer.proofs.feature;

import static net.jqwik.api.Arbitraries.integers;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Points;

/// A degree to cut off at, and points.
record Degree(int p, Pairs points) {
    /// Degrees from `least` to 7, up to 4 queries and 5 keys in `[-radius, radius]ᵈ`, `d ≤ 4`.
    static Arbitrary<Degree> cases(int least, double radius) {
        return Combinators.combine(
                        integers().between(least, 7),
                        integers().between(1, 4),
                        integers().between(1, 4),
                        integers().between(1, 5))
                .flatAs((p, d, n, m) ->
                        Combinators.combine(Points.in(n, d, radius), Points.in(m, d, radius))
                                .as((q, k) -> new Degree(p, new Pairs(q, k))));
    }

    int d() {
        return points.q()[0].length;
    }

    /// `qᵢ·kⱼ/√d`.
    double score(int i, int j) {
        double s = 0;
        for (int l = 0; l < d(); l++) {
            s += points.q()[i][l] * points.k()[j][l];
        }
        return s / Math.sqrt(d());
    }

    /// `R = max Σ|qₗ kₗ|/√d`: the feature sum cancels down to the score, its rounding grows with
    /// `e^R`.
    double largest() {
        double most = 0;
        for (double[] q : points.q()) {
            for (double[] k : points.k()) {
                double r = 0;
                for (int l = 0; l < d(); l++) {
                    r += Math.abs(q[l] * k[l]);
                }
                most = Math.max(most, r / Math.sqrt(d()));
            }
        }
        return most;
    }
}
