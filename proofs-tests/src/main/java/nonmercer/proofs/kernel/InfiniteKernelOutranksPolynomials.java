package nonmercer.proofs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Combinators;
import nonmercer.kernel.FeatureDimension;
import nonmercer.kernel.Linear;
import nonmercer.kernel.Quadratic;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Points;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Tolerance;

/// What a finite computation can say against "finitely many": a Gram matrix whose rank, beyond what
/// rounding can do, exceeds the features of every kernel of degree 2. The rank of a matrix in
/// float64 cannot say more of a smooth kernel: its singular values fall faster than any power.
final class InfiniteKernelOutranksPolynomials implements KernelLaw<Candidate, Pairs> {
    private static final int POINTS = 24;

    @Override
    public String id() {
        return "K14";
    }

    @Override
    public String statement() {
        return "for every kernel said to have infinitely many features: Gram matrices of 24 points have rank above"
                + " (d+1)(d+2)/2, the"
                + " features of a quadratic";
    }

    @Override
    public Source source() {
        return Source.of("Wright & Gonzalez 2021", "section 3");
    }

    @Override
    public String assumes() {
        return "points in general position; a singular value below a share of the first one counts as 0";
    }

    @Override
    public Kind kind() {
        return Kind.GENERIC;
    }

    /// None in 1,000 seeds: below 3/1,000 with 95 % confidence (the rule of three).
    @Override
    public double falseAlarm() {
        return 3e-3;
    }

    @Override
    public Optional<Candidate> subject(Candidate kernel) {
        return kernel.kernel().traits().features() instanceof FeatureDimension.Infinite
                ? Optional.of(kernel)
                : Optional.empty();
    }

    private static Candidate.Widths widths(Candidate kernel) {
        return kernel.widths().orElse(new Candidate.Widths(2, 2));
    }

    @Override
    public Cases<Pairs> cases(Candidate kernel) {
        Candidate.Widths w = widths(kernel);
        return Cases.random(
                20,
                Combinators.combine(
                                Points.general(POINTS, w.queries(), 2),
                                Points.general(POINTS, w.keys(), 2))
                        .as(Pairs::new));
    }

    @Override
    public double statistic(Candidate kernel, Pairs c) {
        double[][] gram = c.gram(kernel.kernel());
        double threshold =
                Pairs.rounding(kernel.kernel(), c.q(), c.k())
                        + Spectrum.rounding(POINTS, Spectrum.frobenius(gram));
        int d = c.q()[0].length;
        int quadratic = (d + 1) * (d + 2) / 2;
        return Math.max(0, quadratic + 1 - Spectrum.rank(Spectrum.singular(gram), threshold));
    }

    @Override
    public Tolerance<Candidate, Pairs> tolerance() {
        return Tolerance.exact();
    }

    /// 24 queries and 24 keys.
    @Override
    public Optional<Picture> picture(Candidate kernel) {
        Candidate.Widths w = widths(kernel);
        double[][] q = Points.spread(POINTS, w.queries(), 2);
        double[][] k = Points.spread(2 * POINTS, w.keys(), 2);
        Pairs c = new Pairs(q, Arrays.copyOfRange(k, POINTS, 2 * POINTS));
        double[][] gram = c.gram(kernel.kernel());
        double threshold =
                Pairs.rounding(kernel.kernel(), c.q(), c.k())
                        + Spectrum.rounding(POINTS, Spectrum.frobenius(gram));
        double[] place = Picture.steps(1, POINTS, POINTS);
        double[] sigma = Spectrum.singular(gram);
        return Optional.of(
                new Picture(
                        "Singular values of 24 queries and keys",
                        Picture.Axis.of("singular value"),
                        Picture.Axis.powers("size"),
                        List.of(
                                Picture.Line.measured(
                                        "of the matrix",
                                        place,
                                        i -> Math.max(1e-17 * sigma[0], sigma[(int) i - 1])),
                                Picture.Line.bound("rounding", place, i -> threshold))));
    }

    @Override
    public List<Mutant<Candidate>> mutants() {
        Traits infinite = Traits.none().features(new FeatureDimension.Infinite("claimed"));
        return List.of(
                Mutant.of(
                        "a quadratic said to be infinite",
                        "folklore",
                        Candidate.of(Made.claiming(new Quadratic(), infinite))),
                Mutant.of(
                        "a linear kernel said to be infinite",
                        "logits of rank d taken for the kernel that is made of them",
                        Candidate.of(Made.claiming(new Linear(), infinite))));
    }
}
