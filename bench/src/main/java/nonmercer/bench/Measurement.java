package nonmercer.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures cases: ours and the peers in turn, round after round, so that what disturbs the machine disturbs all alike.
///
/// A round calls one contestant until its slice of time is over, and counts. The figure is the median of the rounds. The
/// bound is measured once for each kind in the same process, before the first case that needs it.
///
/// @param rounds measured after the warm-up
/// @param warmUp seconds each contestant runs before the first round
/// @param slice seconds of a round
/// @param threads the pool's threads while it runs
public record Measurement(int rounds, double warmUp, double slice, int threads, Map<Limit, Double> bounds) {
    /// Some 3 s a case and contestant.
    public static Measurement thorough(int threads) {
        return new Measurement(9, 1, 0.2, threads, new HashMap<>());
    }

    /// Some 0.3 s a case and contestant.
    public static Measurement quick(int threads) {
        return new Measurement(5, 0.15, 0.03, threads, new HashMap<>());
    }

    /// Measures one case.
    public Row measure(Case c) {
        double bound = bounds.computeIfAbsent(c.amount().limit(), limit -> limit.measure(threads));
        Case.Contest contest = c.contest().get();
        List<Runnable> calls = new ArrayList<>();
        calls.add(contest.ours());
        contest.peers().forEach(p -> calls.add(p.call()));
        calls.forEach(call -> rate(call, warmUp));
        double[][] rates = new double[calls.size()][rounds];
        for (int r = 0; r < rounds; r++) {
            for (int i = 0; i < calls.size(); i++) {
                rates[i][r] = rate(calls.get(i), slice) * c.amount().perCall() * 1e-9;
            }
        }
        for (double[] each : rates) {
            Arrays.sort(each);
        }
        double median = rates[0][rounds / 2];
        List<Row.PeerValue> peers = new ArrayList<>();
        for (int i = 1; i < rates.length; i++) {
            Case.Peer peer = contest.peers().get(i - 1);
            peers.add(new Row.PeerValue(peer.name(), peer.version(), rates[i][rounds / 2]));
        }
        return new Row(
                c.suite(),
                c.work(),
                c.params(),
                c.dtype().name().toLowerCase(Locale.ROOT),
                threads,
                median,
                c.amount().limit().unit(),
                (rates[0][rounds - 1] - rates[0][0]) / median,
                bound,
                median / bound,
                peers);
    }

    /// Calls a second, over at least `seconds`.
    private static double rate(Runnable call, double seconds) {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long calls = 0;
        long now;
        do {
            call.run();
            calls++;
            now = System.nanoTime();
        } while (now < end);
        return calls / ((now - start) * 1e-9);
    }
}
