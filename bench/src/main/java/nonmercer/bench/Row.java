package nonmercer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A measured case, as the table and the JSON show it.
///
/// @param threads as many as the pool had
/// @param value the median of our rounds, in `unit`
/// @param unit `GFLOP/s` or `GB/s`, 10⁹ a second; `step/s`; `token/ms`, `point/ms`; `MB`, 10⁶ bytes
/// @param spread the width of the middle half of our rounds, over `value`
/// @param bound what the machine gives at most to the same mix of work: the median of the loop with
///   the highest, measured in turn with ours, in `unit`; 0 where there is none
/// @param ofBound `value / bound`, 0 where there is none
/// @param peers the medians of the peers, measured in turn with ours
public record Row(
        String suite,
        String work,
        Map<String, Object> params,
        String dtype,
        int threads,
        double value,
        String unit,
        double spread,
        double bound,
        double ofBound,
        List<PeerValue> peers) {
    /// The median of a peer's rounds, in the row's unit.
    public record PeerValue(String name, String version, double value) {}

    /// From the rates of ours, of each peer, and of each loop of the bound, in the order of
    /// [Case#contestants].
    static Row of(Case c, int threads, List<Peer> peers, List<Sample> samples) {
        double value = samples.getFirst().median();
        List<PeerValue> values = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            values.add(new PeerValue(peer.name(), peer.version(), samples.get(1 + i).median()));
        }
        double bound =
                samples.stream()
                        .skip(1L + peers.size())
                        .mapToDouble(Sample::median)
                        .max()
                        .orElse(0);
        return new Row(
                c.suite(),
                c.work(),
                c.params(),
                c.dtypeName(),
                threads,
                value,
                c.amount().limit().unit(),
                samples.getFirst().spread(),
                bound,
                bound > 0 ? value / bound : 0,
                values);
    }
}
