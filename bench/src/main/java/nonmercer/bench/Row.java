package nonmercer.bench;

import java.util.List;
import java.util.Map;

/// A measured case, as the table and the JSON show it.
///
/// @param value the median of our rounds, in `unit`
/// @param spread `(largest - least) / median` of our rounds
/// @param bound what the machine gives at most, measured in the same process, in `unit`
/// @param ofBound `value / bound`
/// @param peers the medians of the peers, measured in turn with ours
public record Row(
        String suite,
        String work,
        Map<String, Integer> params,
        String dtype,
        int threads,
        double value,
        String unit,
        double spread,
        double bound,
        double ofBound,
        List<PeerValue> peers) {
    /// The median of a peer's rounds.
    public record PeerValue(String name, String version, double value) {}
}
