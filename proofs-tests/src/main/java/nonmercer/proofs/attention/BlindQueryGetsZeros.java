package nonmercer.proofs.attention;

import static net.jqwik.api.Arbitraries.integers;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.DType;
import nonmercer.attention.Mask;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class BlindQueryGetsZeros implements KernelLaw<Attending, BlindQueryGetsZeros.Case> {
    /// A scene, the element type, and either a causal mask or a number of keys seen.
    record Case(Scene scene, DType dtype, int length) {
        Mask mask() {
            return length < 0 ? Mask.causal() : Mask.lengths(Math.min(length, scene.m()));
        }

        boolean blind(int i) {
            for (int j = 0; j < scene.m(); j++) {
                if (mask().sees(0, i, scene.n(), j, scene.m())) {
                    return false;
                }
            }
            return true;
        }

        boolean anyBlind() {
            for (int i = 0; i < scene.n(); i++) {
                if (blind(i)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public String id() {
        return "A7";
    }

    @Override
    public String statement() {
        return "for all masks: a query that sees no key gets zeros, and no output is NaN";
    }

    @Override
    public Source source() {
        return Source.of("this library", "convention: an empty sum of values is 0");
    }

    @Override
    public String assumes() {
        return "the convention that an empty sum of values is 0";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public Optional<Attending> subject(Candidate kernel) {
        return Attending.of(kernel);
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(
                        120,
                        Combinators.combine(
                                        Scene.of(attending.kernel(), 6, 4),
                                        Arbitraries.of(DType.FLOAT64, DType.FLOAT32),
                                        integers().between(-3, 2))
                                .as(Case::new))
                .hitting("a blind query", 0.15, Case::anyBlind)
                .hitting(
                        "a blind query under a causal mask",
                        0.05,
                        c -> c.length < 0 && c.anyBlind());
    }

    /// The sum of what blind queries got; NaN if any output is.
    @Override
    public double statistic(Attending attending, Case c) {
        double[][] out = attending.of(c.scene, c.mask(), c.dtype);
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            for (double v : out[i]) {
                sum += c.blind(i) ? Math.abs(v) : 0 * v;
            }
        }
        return sum;
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "-10⁹ for -∞: a blind query sees everything alike",
                        "folklore",
                        Attending.wrong(Wrong.hiddenAt(-1e9))),
                Mutant.of("0/0", "folklore", Attending.wrong(Wrong::dividedByZero)),
                Mutant.of("mask dropped", "xformers #104", Attending.wrong(Wrong::maskDropped)));
    }
}
