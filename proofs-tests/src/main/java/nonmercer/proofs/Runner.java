package nonmercer.proofs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.JqwikException;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/// Judges claims: draws the cases, compares statistic and bound, and simplifies a case that
/// refutes.
///
/// The same seed gives the same cases on every machine. Each pair of claim and subject has a stream
/// of its own, so that neither a new claim nor a new subject moves another's cases.
public final class Runner {
    private static final int SHRINKS = 400;
    private static final long PINNED = 1;

    private final long seed;

    private Runner(long seed) {
        this.seed = seed;
    }

    /// The runner with the fixed seed, 1.
    public static Runner fixed() {
        return new Runner(1);
    }

    /// A runner with this seed.
    public static Runner seeded(long seed) {
        return new Runner(seed);
    }

    /// The runner the system property `nonmercer.seed` asks for: a number, `random`, or by default
    /// the fixed one.
    public static Runner configured() {
        String asked = System.getProperty("nonmercer.seed", "1");
        try {
            return new Runner(
                    asked.equals("random") ? new Random().nextInt() : Long.parseLong(asked));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "nonmercer.seed must be a whole number or 'random', got '" + asked + "'", e);
        }
    }

    /// The seed.
    public long seed() {
        return seed;
    }

    /// What the claim says of this subject.
    public <S, C> Finding judge(Claim<S, C> claim, Subject<S> subject) {
        return new Finding(
                claim,
                subject.name(),
                within(() -> verdict(claim, subject.name(), subject.code())));
    }

    /// What the claim says of this mutant: [Verdict.Refuted], or [Verdict.Toothless].
    ///
    /// Only a number refutes a mutant. One that dies of an exception has not been refuted by the
    /// claim.
    public <S, C> Finding judge(Claim<S, C> claim, Mutant<S> mutant) {
        Verdict verdict = within(() -> verdict(claim, mutant.name(), mutant.code()));
        boolean dead =
                verdict instanceof Verdict.Refuted(var f, var s, var i, var x, var b, var thrown)
                        && thrown == null;
        return new Finding(
                claim,
                mutant.name(),
                dead ? verdict : new Verdict.Toothless(mutant.name() + ", which gave: " + verdict));
    }

    /// What the claim says of all its subjects, then of all its mutants.
    public <S, C> List<Finding> judge(Claim<S, C> claim) {
        List<Finding> findings = new ArrayList<>();
        claim.subjects().forEach(s -> findings.add(judge(claim, s)));
        claim.mutants().forEach(m -> findings.add(judge(claim, m)));
        return findings;
    }

    private static Verdict within(Supplier<Verdict> work) {
        boolean opened = opensSession();
        try {
            return work.get();
        } finally {
            if (opened) {
                JqwikSession.finish();
            }
        }
    }

    /// Opens a jqwik session, without which nothing can be drawn; false where there is one, or
    /// where jqwik itself runs the test that asks.
    private static boolean opensSession() {
        if (JqwikSession.isActive()) {
            return false;
        }
        try {
            JqwikSession.start();
            return true;
        } catch (JqwikException runsAlready) {
            return false;
        }
    }

    private <S, C> Verdict verdict(Claim<S, C> claim, String name, S subject) {
        Cases<C> cases = claim.cases(subject);
        int[] hits = new int[cases.regions().size()];
        int count = 0;
        int silent = 0;
        double margin = 0;
        long seed = claim.evidence() == Evidence.PINNED ? PINNED : this.seed;
        Random random =
                new Random(
                        seed * 1_000_003L + (claim.getClass().getName() + "/" + name).hashCode());
        Iterator<Shrinkable<C>> drawn = cases.draw(random).iterator();
        while (drawn.hasNext()) {
            Shrinkable<C> c = drawn.next();
            Outcome o = outcome(claim, subject, c.value());
            if (o.statistic == Claim.SILENT) {
                silent++;
                continue;
            }
            if (o.refutes()) {
                Shrinkable<C> small = shrunk(claim, subject, c, o);
                Outcome at = outcome(claim, subject, small.value());
                return new Verdict.Refuted(
                        c.value(), small.value(), seed, at.statistic, at.bound, at.thrown);
            }
            if (o.bound == Double.POSITIVE_INFINITY) {
                return new Verdict.Vacuous(
                        "the tolerance is infinite in the case " + Show.of(c.value()));
            }
            margin = Math.max(margin, o.margin());
            for (int i = 0; i < hits.length; i++) {
                hits[i] += cases.regions().get(i).contains().test(c.value()) ? 1 : 0;
            }
            count++;
        }
        for (int i = 0; i < hits.length; i++) {
            Cases.Region<C> region = cases.regions().get(i);
            if (hits[i] < region.share() * count || hits[i] == 0 && region.share() > 0) {
                return new Verdict.Vacuous(
                        "%d of %d cases have '%s', at least %.0f %% should"
                                .formatted(hits[i], count, region.name(), 100 * region.share()));
            }
        }
        if (silent >= 3 * count) {
            return new Verdict.Vacuous(
                    "%d of %d cases say nothing".formatted(silent, silent + count));
        }
        return new Verdict.Holds(count, margin);
    }

    /// Simpler and simpler cases that still refute, the same way: by an exception or by a number.
    private static <S, C> Shrinkable<C> shrunk(
            Claim<S, C> claim, S subject, Shrinkable<C> found, Outcome how) {
        Shrinkable<C> best = found;
        int left = SHRINKS;
        boolean simpler = true;
        while (simpler && left > 0) {
            simpler = false;
            Iterator<Shrinkable<C>> candidates = best.shrink().iterator();
            while (!simpler && left > 0 && candidates.hasNext()) {
                Shrinkable<C> candidate = candidates.next();
                if (candidate.distance().compareTo(best.distance()) < 0) {
                    left--;
                    Outcome o = outcome(claim, subject, candidate.value());
                    if (o.refutes() && (o.thrown == null) == (how.thrown == null)) {
                        best = candidate;
                        simpler = true;
                    }
                }
            }
        }
        return best;
    }

    private static <S, C> Outcome outcome(Claim<S, C> claim, S subject, C c) {
        try {
            return new Outcome(
                    claim.statistic(subject, c), claim.tolerance().bound(subject, c), null);
        } catch (RuntimeException | AssertionError e) {
            return new Outcome(Double.NaN, Double.NaN, e);
        }
    }

    private record Outcome(double statistic, double bound, @Nullable Throwable thrown) {
        /// NaN refutes.
        boolean refutes() {
            return !(statistic <= bound);
        }

        /// How much of the bound was used: statistic / bound, or bound / statistic where both are
        /// negative.
        double margin() {
            if (bound == 0) {
                return 0;
            }
            return bound > 0 ? Math.max(0, statistic / bound) : bound / statistic;
        }
    }
}
