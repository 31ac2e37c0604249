package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nonmercer.array.DType;
import nonmercer.lanes.Load;

/// One thing that is measured: a row of a suite's table.
///
/// @param suite the suite it belongs to, such as `gemm`
/// @param work what it does, such as `matmul`
/// @param params its sizes (numbers) and choices (words) by name
/// @param dtype of the elements
/// @param amount what one call does
/// @param contest makes the arrays and gives the calls; peers use as many threads as the pool has
public record Case(
        String suite,
        String work,
        Map<String, Object> params,
        DType dtype,
        Amount amount,
        Supplier<Contest> contest) {
    /// How much one call does, and what bounds it.
    ///
    /// @param perCall operations or bytes: the limit's unit is 10⁹ of them a second
    /// @param limit what no call can exceed
    public record Amount(double perCall, Limit limit) {}

    /// What runs against what.
    ///
    /// @param ours our call
    /// @param check runs each once and compares the results
    /// @param peers theirs
    public record Contest(Runnable ours, Runnable check, List<Peer> peers) {
        /// Ours against every peer that can do this.
        static Contest of(Task task) {
            return of(task, Peers.of(task));
        }

        /// Ours against these.
        static Contest of(Task task, List<Peer> peers) {
            Ours ours = Ours.of(task);
            return new Contest(ours.call(), () -> compare(task, ours, peers), peers);
        }

        private static void compare(Task task, Ours ours, List<Peer> peers) {
            ours.call().run();
            for (Peer peer : peers) {
                peer.prepare().run();
                peer.call().run();
                String what = peer.name() + " at " + task.getClass().getSimpleName();
                task.agreement().check(what, ours.result().get(), peer.result().get());
            }
        }
    }

    /// A contestant's name and its calls, as a clock runs them.
    ///
    /// @param prepare runs before the clock starts
    /// @param lingerMillis what its threads need to fall asleep when the clock has stopped
    record Contestant(String name, Load load, Runnable prepare, long lingerMillis) {
        private Contestant(String name, Load load) {
            this(name, load, () -> {}, 0);
        }
    }

    /// What it is, in a line: `gemm matmul float32 m=64 n=64 k=64`.
    public String id() {
        return suite + " " + work + " " + dtypeName() + " " + sizes();
    }

    /// The parameters in a line: `m=64 n=64 k=64`.
    public String sizes() {
        return params.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /// At which numbers of threads it is measured unless others are asked for, on so many cores:
    /// what computes also on one, to see what the second adds.
    public List<Integer> threads(int cores) {
        return suite.equals("gemm") && cores > 1 ? List.of(1, cores) : List.of(cores);
    }

    /// `float32` or `float64`.
    public String dtypeName() {
        return dtype.name().toLowerCase(Locale.ROOT);
    }

    /// Ours, the peers, and then the loops of the limit.
    List<Contestant> contestants(Contest of, int threads) {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant("nonmercer", calls(of.ours())));
        for (Peer peer : of.peers()) {
            all.add(
                    new Contestant(
                            peer.name(), calls(peer.call()), peer.prepare(), peer.lingerMillis()));
        }
        List<Load> bounds = amount.limit().loads(threads);
        for (int i = 0; i < bounds.size(); i++) {
            all.add(new Contestant("bound " + (i + 1), bounds.get(i)));
        }
        return all;
    }

    private Load calls(Runnable call) {
        return n -> {
            for (int i = 0; i < n; i++) {
                call.run();
            }
            return n * amount.perCall();
        };
    }

    @Override
    public String toString() {
        return id();
    }
}
