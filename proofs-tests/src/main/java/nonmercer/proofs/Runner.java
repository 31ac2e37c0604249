package nonmercer.proofs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Shrinkable;
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
    private final boolean moves;
    private final DoubleConsumer margins;

    private Runner(long seed) {
        this(seed, false, margin -> {});
    }

    private Runner(long seed, boolean moves, DoubleConsumer margins) {
        this.seed = seed;
        this.moves = moves;
        this.margins = margins;
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

    /// This runner, whose seed also moves the cases of pinned claims: what their mutants survive is
    /// then no luck of one seed.
    public Runner moving() {
        return new Runner(seed, true, margins);
    }

    /// This runner, which also tells how much of its bound each judged case uses: statistic /
    /// bound, above 1 or NaN where the case refutes.
    public Runner watched(DoubleConsumer margins) {
        return new Runner(seed, moves, margins);
    }

    /// What the claim says of this subject.
    public <S, C> Finding judge(Claim<S, C> claim, Subject<S> subject) {
        return new Finding(
                claim,
                subject.name(),
                Drawing.within(() -> verdict(question(claim, subject.name(), subject.code()))));
    }

    /// What the claim says of this mutant: [Verdict.Refuted], or [Verdict.Toothless].
    ///
    /// Only a number refutes a mutant. One that dies of an exception has not been refuted by the
    /// claim.
    public <S, C> Finding judge(Claim<S, C> claim, Mutant<S> mutant) {
        Verdict verdict =
                Drawing.within(() -> verdict(question(claim, mutant.name(), mutant.code())));
        boolean dead =
                verdict instanceof Verdict.Refuted(var f, var s, var i, var x, var b, var thrown)
                        && thrown == null;
        return new Finding(
                claim,
                mutant.name(),
                dead ? verdict : new Verdict.Toothless(mutant.name() + ", which gave: " + verdict));
    }

    /// What a search for a counter-example to the printed statement of a claim finds:
    /// [Verdict.Refuted] with the counter-example, or [Verdict.Vacuous] where no case contradicts.
    /// A case in which the code throws is no counter-example.
    public <C> Verdict search(Claim<?, ?> claim, Printed<C> printed) {
        Verdict verdict =
                Drawing.within(() ->
                        verdict(
                                new Question<>(
                                        random(claim, "as printed", seed),
                                        seed,
                                        printed.cases().get(),
                                        printed.statistic(),
                                        printed.bound())));
        return verdict instanceof Verdict.Refuted(var f, var s, var i, var x, var b, var thrown)
                        && thrown == null
                ? verdict
                : new Verdict.Vacuous("nothing contradicts what is printed: " + verdict);
    }

    /// What the claim says of all its subjects, then of all its mutants.
    public <S, C> List<Finding> judge(Claim<S, C> claim) {
        List<Finding> findings = new ArrayList<>();
        claim.subjects().forEach(s -> findings.add(judge(claim, s)));
        claim.mutants().forEach(m -> findings.add(judge(claim, m)));
        return findings;
    }

    /// How much of its bound each of the first cases of a mutant uses, those that refute it
    /// included.
    public <S, C> List<Double> margins(Claim<S, C> claim, Mutant<S> mutant, int most) {
        List<Double> seen = new ArrayList<>();
        Drawing.within(() -> {
            Question<C> question = question(claim, mutant.name(), mutant.code());
            Iterator<Shrinkable<C>> drawn = question.drawn();
            for (var c = Drawing.next(drawn);
                    c != null && seen.size() < most;
                    c = Drawing.next(drawn)) {
                Outcome o = question.outcome(Drawing.value(c));
                if (o.statistic != Claim.SILENT) {
                    seen.add(o.margin());
                }
            }
            return seen;
        });
        return seen;
    }

    private long seed(Claim<?, ?> claim) {
        return claim.evidence() == Evidence.PINNED && !moves ? PINNED : seed;
    }

    private <S, C> Question<C> question(Claim<S, C> claim, String name, S subject) {
        return new Question<>(
                random(claim, name, seed(claim)),
                seed(claim),
                claim.cases(subject),
                c -> claim.statistic(subject, c),
                c -> claim.tolerance().bound(subject, c));
    }

    private static Random random(Claim<?, ?> claim, String name, long seed) {
        return new Random(seed * 1_000_003L + (claim.getClass().getName() + "/" + name).hashCode());
    }

    /// What is asked of one subject: is the statistic of every case at most its bound?
    private record Question<C>(
            Random random,
            long seed,
            Cases<C> cases,
            ToDoubleFunction<C> statistic,
            ToDoubleFunction<C> bound) {
        Iterator<Shrinkable<C>> drawn() {
            return Drawing.begun(() -> cases.draw(random));
        }

        Outcome outcome(C c) {
            try {
                return new Outcome(statistic.applyAsDouble(c), bound.applyAsDouble(c), null);
            } catch (RuntimeException | AssertionError e) {
                return new Outcome(Double.NaN, Double.NaN, e);
            }
        }
    }

    private <C> Verdict verdict(Question<C> question) {
        Cases<C> cases = question.cases;
        int[] hits = new int[cases.regions().size()];
        int count = 0;
        int silent = 0;
        double margin = 0;
        Iterator<Shrinkable<C>> drawn = question.drawn();
        for (var c = Drawing.next(drawn); c != null; c = Drawing.next(drawn)) {
            Outcome o = question.outcome(Drawing.value(c));
            if (o.statistic == Claim.SILENT) {
                silent++;
                continue;
            }
            margins.accept(o.margin());
            if (o.refutes()) {
                Shrinkable<C> small = shrunk(question, c, o);
                Outcome least = question.outcome(Drawing.value(small));
                return new Verdict.Refuted(
                        Drawing.value(c),
                        Drawing.value(small),
                        question.seed,
                        least.statistic,
                        least.bound,
                        least.thrown);
            }
            if (o.bound == Double.POSITIVE_INFINITY) {
                return new Verdict.Vacuous(
                        "the tolerance is infinite in the case " + Show.of(Drawing.value(c)));
            }
            margin = Math.max(margin, o.margin());
            if (hits.length > 0) {
                C again = Drawing.value(c);
                for (int i = 0; i < hits.length; i++) {
                    hits[i] += cases.regions().get(i).contains().test(again) ? 1 : 0;
                }
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
    private static <C> Shrinkable<C> shrunk(
            Question<C> question, Shrinkable<C> found, Outcome how) {
        Shrinkable<C> best = found;
        int left = SHRINKS;
        boolean simpler = true;
        while (simpler && left > 0) {
            simpler = false;
            Iterator<Shrinkable<C>> candidates = Drawing.simpler(best);
            for (var candidate = Drawing.next(candidates);
                    candidate != null && !simpler && left > 0;
                    candidate = Drawing.next(candidates)) {
                if (Drawing.isSimpler(candidate, best)) {
                    left--;
                    Outcome o = question.outcome(Drawing.value(candidate));
                    if (o.refutes() && (o.thrown == null) == (how.thrown == null)) {
                        best = candidate;
                        simpler = true;
                    }
                }
            }
        }
        return best;
    }

    private record Outcome(double statistic, double bound, @Nullable Throwable thrown) {
        /// NaN refutes.
        boolean refutes() {
            return !(statistic <= bound);
        }

        /// How much of the bound was used: statistic / bound, or bound / statistic where both are
        /// negative.
        double margin() {
            if (refutes() && !(statistic > bound)) {
                return Double.NaN;
            }
            if (bound == 0) {
                return statistic > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            if (bound < 0 && statistic >= 0) {
                return Double.POSITIVE_INFINITY;
            }
            return bound > 0 ? Math.max(0, statistic / bound) : bound / statistic;
        }
    }
}
