package nonmercer.proofs;

import static java.util.Collections.nCopies;
import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Judges claims as a whole: each of all its subjects and against all its mutants, several claims
/// at a time. The entries do not depend on how many.
///
/// The quick profile judges once. The thorough one also judges the claims that take long, repeats
/// what no seed may refute with [#SEEDS] seeds, and asks of every mutant, those of pinned claims
/// included, that each of so many seeds refutes it.
public final class Ledger {
    /// The seeds of the thorough profile.
    public static final int SEEDS = 20;

    /// The margins that are kept of a subject or of a mutant, for pictures.
    public static final int SHOWN = 200;

    private static final int SHOWN_OF_MUTANTS = 40;

    private static final Future<Entry> NONE =
            CompletableFuture.failedFuture(new IllegalStateException("not asked"));

    private final long seed;
    private final boolean thorough;

    private Ledger(long seed, boolean thorough) {
        this.seed = seed;
        this.thorough = thorough;
    }

    /// The quick profile.
    public static Ledger quick(long seed) {
        return new Ledger(seed, false);
    }

    /// The thorough profile.
    public static Ledger thorough(long seed) {
        return new Ledger(seed, true);
    }

    /// Those of the claims that this profile judges.
    public List<Claim<?, ?>> judged(List<Claim<?, ?>> claims) {
        return claims.stream().filter(c -> thorough || c.cost() != Cost.MINUTES).toList();
    }

    /// The entries of the claims that this profile judges, in their order.
    ///
    /// @param threads how many claims are judged at a time
    /// @param done told of each entry as it comes, one at a time
    public List<Entry> entries(List<Claim<?, ?>> claims, int threads, Consumer<Entry> done) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Object one = new Object();
            List<Claim<?, ?>> judged = judged(claims);
            List<Integer> longestFirst =
                    IntStream.range(0, judged.size())
                            .boxed()
                            .sorted(comparing((Integer i) -> judged.get(i).cost()).reversed())
                            .toList();
            List<Future<Entry>> coming = new ArrayList<>(nCopies(judged.size(), NONE));
            for (int i : longestFirst) {
                Callable<Entry> work =
                        () -> {
                            Entry entry = entry(judged.get(i));
                            synchronized (one) {
                                done.accept(entry);
                            }
                            return entry;
                        };
                coming.set(i, pool.submit(work));
            }
            List<Entry> entries = new ArrayList<>();
            for (Future<Entry> entry : coming) {
                entries.add(got(entry));
            }
            return entries;
        }
    }

    private static Entry got(Future<Entry> entry) {
        try {
            return entry.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a claim could not be judged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while claims were judged", e);
        }
    }

    /// The entry of one claim.
    public <S, C> Entry entry(Claim<S, C> claim) {
        long start = System.nanoTime();
        List<Double> margins = new ArrayList<>();
        long cases = 0;
        double margin = 0;
        Finding worst = null;
        int seeds =
                thorough && claim.evidence() == Evidence.EXACT && claim.cost() != Cost.MINUTES
                        ? SEEDS
                        : 1;
        for (int i = 0; i < seeds; i++) {
            for (Subject<S> subject : claim.subjects()) {
                int upTo = i > 0 ? 0 : margins.size() + SHOWN;
                Finding f =
                        Runner.seeded(seed + i)
                                .watched(m -> {
                                    if (margins.size() < upTo) {
                                        margins.add(m);
                                    }
                                })
                                .judge(claim, subject);
                if (f.verdict() instanceof Verdict.Holds(int count, double most)) {
                    cases += count;
                    margin = Math.max(margin, most);
                } else if (worst == null) {
                    worst = f;
                }
            }
        }
        List<Entry.Fate> fates = new ArrayList<>();
        for (Mutant<S> mutant : claim.mutants()) {
            Entry.Fate fate = fate(claim, mutant);
            fates.add(fate);
            if (worst == null && !fate.dead()) {
                worst = fate.finding();
            }
        }
        Verdict search =
                claim.printed().map(p -> Runner.seeded(seed).search(claim, p)).orElse(null);
        if (worst == null && search instanceof Verdict.Vacuous) {
            worst = new Finding(claim, "what is printed", search);
        }
        return new Entry(
                claim,
                worst == null ? new Verdict.Holds((int) cases, margin) : worst.verdict(),
                worst == null ? "" : worst.subject(),
                Optional.ofNullable(search),
                cases,
                margin,
                List.copyOf(margins),
                List.copyOf(fates),
                (System.nanoTime() - start) * 1e-9);
    }

    private <S, C> Entry.Fate fate(Claim<S, C> claim, Mutant<S> mutant) {
        int runs = thorough && claim.cost() != Cost.MINUTES ? SEEDS : 1;
        int killed = 0;
        Finding shown = Runner.seeded(seed).judge(claim, mutant);
        killed += shown.refuted() ? 1 : 0;
        for (int i = 1; i < runs; i++) {
            Finding f = Runner.seeded(seed + i).moving().judge(claim, mutant);
            killed += f.refuted() ? 1 : 0;
            shown = shown.refuted() && !f.refuted() ? f : shown;
        }
        return new Entry.Fate(
                mutant,
                shown,
                runs,
                killed,
                Runner.seeded(seed).margins(claim, mutant, SHOWN_OF_MUTANTS));
    }
}
