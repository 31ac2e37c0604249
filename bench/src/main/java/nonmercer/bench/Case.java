package nonmercer.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nonmercer.array.DType;

/// One thing that is measured.
///
/// @param suite the suite it belongs to, such as `gemm`
/// @param work what it does, such as `matmul`
/// @param params its sizes by name
/// @param dtype of the elements
/// @param amount operations or bytes of one call, in the limit's unit times 10⁹
/// @param contest makes the arrays and gives the calls: ours first
public record Case(
        String suite, String work, Map<String, Integer> params, DType dtype, Amount amount, Supplier<Contest> contest) {
    /// How much one call does, and what bounds it.
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
}
