package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.lanes.Load;
import org.junit.jupiter.api.Test;

/// On a clock that only the loads advance.
class RoundsTest {
    private static final Budget BUDGET = new Budget(5, 0.002, 0.01, 0.01, 1);
    private static final double WORK = 100; // of one piece of any load here

    private long now;
    private final List<String> ran = new ArrayList<>();
    private int warmUps;

    /// A call that takes as many nanoseconds as `cost` says at the time it begins.
    private Runnable call(String name, LongUnaryOperator cost) {
        return () -> {
            if (ran.isEmpty() || !ran.getLast().equals(name)) {
                ran.add(name);
            }
            now += cost.applyAsLong(now);
        };
    }

    private Load load(String name, LongUnaryOperator cost) {
        Runnable call = call(name, cost);
        return pieces -> {
            for (int i = 0; i < pieces; i++) {
                call.run();
            }
            return pieces * WORK;
        };
    }

    private Limit limit(Load... loads) {
        return new Limit() {
            @Override
            public String unit() {
                return "GFLOP/s";
            }

            @Override
            public String loops() {
                return "pretended";
            }

            @Override
            public void warmUp(int threads) {
                warmUps++;
            }

            @Override
            public List<Load> loads(int threads) {
                return List.of(loads);
            }
        };
    }

    private Peer peer(Runnable call) {
        return Peer.of("Peer", "1.2", call, () -> Array.vector(1));
    }

    private static Case.Contest contest(Runnable ours, List<Peer> peers) {
        return new Case.Contest(ours, () -> {}, peers);
    }

    private static Case of(Limit limit, Case.Contest contest) {
        return new Case(
                "pretence",
                "work",
                Map.of("n", 1),
                DType.FLOAT64,
                new Case.Amount(WORK, limit),
                () -> contest);
    }

    @Test
    void ratesAreWorkInANanosecondAndTheBoundIsItsBestLoop() {
        Limit limit = limit(load("slow loop", _ -> 800), load("loop", _ -> 500));
        Peer peer = peer(call("peer", _ -> 4000));
        Row row =
                new Rounds(BUDGET, 3, () -> now)
                        .measure(of(limit, contest(call("ours", _ -> 1000), List.of(peer))));
        var peers = List.of(new Row.PeerValue("Peer", "1.2", 0.025));
        assertEquals(
                new Row(
                        "pretence",
                        "work",
                        Map.of("n", 1),
                        "float64",
                        3,
                        0.1,
                        "GFLOP/s",
                        0,
                        0.2,
                        0.5,
                        peers),
                row);
    }

    @Test
    void theContestantsTakeTurnsRoundAfterRound() {
        Limit limit = limit(load("loop", _ -> 500));
        Peer peer = peer(call("peer", _ -> 4000));
        new Rounds(BUDGET, 1, () -> now)
                .measure(of(limit, contest(call("ours", _ -> 1000), List.of(peer))));
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 1 + BUDGET.rounds(); i++) { // the warm-up, then the rounds
            turns.addAll(List.of("ours", "peer", "loop"));
        }
        assertEquals(turns, ran);
    }

    /// Four of seven rounds are at 0.1, the others at a tenth of it: the median is 0.1.
    @Test
    void theFigureIsTheMedianOfTheRounds() {
        int[] round = {0};
        Runnable ours = () -> now += round[0] % 2 == 0 ? 10_000 : 1000;
        Limit limit =
                limit(pieces -> {
                    now += 3_000_000;
                    round[0]++;
                    return 3_000_000;
                });
        Budget budget = new Budget(7, 0.002, 0, 0, 1);
        assertEquals(
                0.1,
                new Rounds(budget, 1, () -> now)
                        .measure(of(limit, contest(ours, List.of())))
                        .value());
    }

    @Test
    void aLoopThatIsCompiledLateIsWaitedFor() {
        long compiled = 45_000_000;
        Load load = load("load", t -> t < compiled ? 100_000 + t / 1000 : 1000);
        // Slower and slower until it is compiled: nothing improves for the patience of 10 ms.
        assertTrue(BUDGET.settle(load, () -> now) < 1000 && now < compiled, "the patience ends");

        now = 0;
        Load better = load("load", t -> t < compiled ? 100_000 - t / 1000 : 1000);
        assertTrue(BUDGET.settle(better, () -> now) >= 1000, "a run takes a millisecond");
        assertTrue(now >= compiled + 10_000_000, "and is repeated for the patience: " + now);
    }

    @Test
    void roundsInWhichALoopStillGotFasterAreRunAgain() {
        // The warm-ups of both end at about 14 ms, the first five rounds at about 37 ms.
        long compiled = 24_000_000;
        Runnable ours = call("ours", t -> t < compiled ? 20_000 : 1000);
        Row row =
                new Rounds(BUDGET, 1, () -> now)
                        .measure(of(limit(load("loop", _ -> 500)), contest(ours, List.of())));
        assertEquals(0.1, row.value(), 1e-12);
        assertEquals(0, row.spread(), 1e-12);
    }

    /// Ours for 10 ms and the patience of no improvement, the loop for a tenth of both, or until
    /// its runs take a millisecond: they double, so that is after less than three.
    @Test
    void theLoopsAreWarmedUpForATenthOfTheTime() {
        List<Long> turns = new ArrayList<>();
        Runnable ours = call("ours", _ -> 1000);
        Load loop =
                pieces -> {
                    turns.add(now);
                    now += 500L * pieces;
                    return pieces * WORK;
                };
        Runnable first =
                () -> {
                    if (!turns.isEmpty() && turns.getLast() >= 0) {
                        turns.add(-now); // the first round
                    }
                    ours.run();
                };
        Row _ =
                new Rounds(BUDGET, 1, () -> now)
                        .measure(of(limit(loop), contest(first, List.of())));
        long begin = turns.getFirst();
        long end = -turns.stream().filter(t -> t < 0).findFirst().orElseThrow();
        assertTrue(begin >= 10_000_000, "ours: " + begin);
        assertTrue(end - begin >= 1_000_000 && end - begin < 3_500_000, "loop: " + (end - begin));
    }

    /// Off the clock: before its warm-up and before each of its rounds.
    @Test
    void aPeerIsPreparedBeforeItsTurn() {
        int[] prepared = {0};
        Peer peer =
                new Peer(
                        "Peer",
                        "1.2",
                        () -> {
                            prepared[0]++;
                            now += 1_000_000_000;
                        },
                        call("peer", _ -> 4000),
                        () -> Array.vector(1),
                        1);
        Row row =
                new Rounds(BUDGET, 1, () -> now)
                        .measure(
                                of(
                                        limit(load("loop", _ -> 500)),
                                        contest(call("ours", _ -> 1000), List.of(peer))));
        assertEquals(0.025, row.peers().getFirst().value());
        assertEquals(1 + 3, prepared[0]); // the preparations use the time for all but three rounds
    }

    @Test
    void resultsAreComparedBeforeTheClockStarts() {
        Case.Contest contest =
                new Case.Contest(
                        call("ours", _ -> 1000),
                        () -> {
                            throw new IllegalStateException("they differ");
                        },
                        List.of());
        Case c = of(limit(load("loop", _ -> 500)), contest);
        assertThrows(
                IllegalStateException.class, () -> new Rounds(BUDGET, 1, () -> now).measure(c));
        assertEquals(List.of(), ran);
    }

    @Test
    void aSlowContestantGetsThreeRounds() {
        Runnable ours = call("ours", _ -> 2_000_000_000L);
        new Rounds(BUDGET, 1, () -> now)
                .measure(of(limit(load("loop", _ -> 500)), contest(ours, List.of())));
        assertEquals(2 * (1 + 3), ran.size(), ran.toString());
    }

    @Test
    void theLoopsOfALimitAreCompiledOnce() {
        Rounds rounds = new Rounds(BUDGET, 1, () -> now);
        Case c = of(limit(load("loop", _ -> 500)), contest(call("ours", _ -> 1000), List.of()));
        rounds.measure(c);
        rounds.measure(c);
        assertEquals(1, warmUps);
    }
}
