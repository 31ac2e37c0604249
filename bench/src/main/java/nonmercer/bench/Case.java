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
    public record Contest(Runnable ours, List<Peer> peers) {
        /// Ours alone.
        public static Contest alone(Runnable ours) {
            return new Contest(ours, List.of());
        }
    }

    /// The same work by another library.
    public record Peer(String name, String version, Runnable call) {}

    /// A contestant's name and its calls, as a clock runs them.
    record Contestant(String name, Load load) {}

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

    /// `float32` or `float64`.
    public String dtypeName() {
        return dtype.name().toLowerCase(Locale.ROOT);
    }

    /// Ours, the peers, and then the loops of the limit.
    List<Contestant> contestants(Contest of, int threads) {
        List<Contestant> all = new ArrayList<>();
        all.add(new Contestant("nonmercer", calls(of.ours())));
        of.peers().forEach(peer -> all.add(new Contestant(peer.name(), calls(peer.call()))));
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
