package nonmercer.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Measures in this process: ours, the peers and the bound in turn, round after round, so that what
/// disturbs the machine disturbs all alike.
///
/// Each contestant is warmed up until it is stable; in a round each runs for a slice of time. If
/// one still got faster meanwhile, as when the optimising compiler came late, the rounds are run
/// again. Every figure is the median of its rounds; the bound is that of its fastest loop.
public final class Rounds implements Meter {
    private static final int FEWEST = 3;
    private static final int TRIES = 3;
    private static final int PATIENCE = 10;
    private static final double FASTER = 1.1;
    private static final long QUIET = 10_000_000; // ns without an allocation
    private static final long READING = 1 << 14; // bytes that a reading itself may allocate
    private static final int READINGS = 50;

    private final Budget budget;
    private final int threads;
    private final LongSupplier nanos;
    private final Set<String> warm = new HashSet<>();

    /// A meter for so many threads; the pool should have as many.
    public Rounds(Budget budget, int threads) {
        this(budget, threads, System::nanoTime);
    }

    Rounds(Budget budget, int threads, LongSupplier nanos) {
        this.budget = budget;
        this.threads = threads;
        this.nanos = nanos;
    }

    @Override
    public Row measure(Case c) {
        Limit limit = c.amount().limit();
        if (warm.add(limit.loops())) {
            limit.warmUp(threads);
        }
        Case.Contest contest = c.contest().get();
        contest.check().run();
        List<Case.Contestant> contestants = c.contestants(contest, threads);
        if (limit instanceof Limit.Heap) {
            List<Sample> samples = new ArrayList<>(List.of(allocated(contestants.getFirst())));
            contest.peers().forEach(peer -> samples.add(resident(peer)));
            return Row.of(c, threads, contest.peers(), samples);
        }
        int[] pieces = new int[contestants.size()];
        for (int i = 0; i < pieces.length; i++) {
            // After ours and the peers come the loops of the limit, warm since their first row.
            Budget warming = i <= contest.peers().size() ? budget : budget.compiled();
            pieces[i] = settle(contestants.get(i), warming);
        }
        List<List<Double>> rates = rounds(contestants, pieces);
        for (int tries = 1; tries < TRIES && rates.stream().anyMatch(Rounds::gotFaster); tries++) {
            rates = rounds(contestants, pieces);
        }
        return Row.of(c, threads, contest.peers(), rates.stream().map(Sample::new).toList());
    }

    /// The 10⁶ bytes that a call allocates on the heap once it is warm, all threads together.
    private Sample allocated(Case.Contestant contestant) {
        int pieces = budget.settle(contestant.load(), nanos);
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < budget.rounds(); round++) {
            long before = allocatedBytes();
            double _ = contestant.load().run(pieces);
            samples.add(1e-6 * (allocatedBytes() - before) / pieces);
        }
        return new Sample(samples);
    }

    /// What all threads have allocated so far. A thread that has ended is added up only after those
    /// who wait for its end go on: this reads until nothing is added.
    private static long allocatedBytes() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long last = bean.getTotalThreadAllocatedBytes();
        for (int i = 0; i < READINGS; i++) {
            LockSupport.parkNanos(QUIET);
            long now = bean.getTotalThreadAllocatedBytes();
            if (now - last < READING) {
                return now;
            }
            last = now;
        }
        return last;
    }

    /// The 10⁶ bytes that a call of native code adds to the memory of the process.
    private static Sample resident(Peer peer) {
        peer.prepare().run();
        return new Sample(List.of(Resident.growth(peer.call())));
    }

    private int settle(Case.Contestant contestant, Budget warming) {
        contestant.prepare().run();
        int pieces = warming.settle(contestant.load(), nanos);
        rest(contestant);
        return pieces;
    }

    private double rate(Case.Contestant contestant, int pieces) {
        contestant.prepare().run();
        double rate = budget.rate(contestant.load(), pieces, nanos);
        rest(contestant);
        return rate;
    }

    /// Until no thread of this contestant takes a core from the next.
    private static void rest(Case.Contestant contestant) {
        LockSupport.parkNanos(1_000_000 * contestant.lingerMillis());
    }

    /// The rates of each contestant, round after round.
    private List<List<Double>> rounds(List<Case.Contestant> contestants, int[] pieces) {
        List<List<Double>> rates = new ArrayList<>();
        contestants.forEach(_ -> rates.add(new ArrayList<>()));
        long begin = nanos.getAsLong();
        for (int round = 0; round < budget.rounds(); round++) {
            double seconds = 1e-9 * (nanos.getAsLong() - begin);
            if (round >= FEWEST && seconds > budget.most()
                    || round > 0 && seconds > PATIENCE * budget.most()) {
                break;
            }
            for (int i = 0; i < pieces.length; i++) {
                rates.get(i).add(rate(contestants.get(i), pieces[i]));
            }
        }
        return rates;
    }

    /// Whether the later half of the rounds is better than the earlier half by more than a tenth.
    private static boolean gotFaster(List<Double> rates) {
        int half = rates.size() / 2;
        return half > 0
                && new Sample(rates.subList(half, rates.size())).median()
                        > FASTER * new Sample(rates.subList(0, half)).median();
    }
}
