package nonmercer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nonmercer.bench.Row;

/// One row of `bench`, from one run of it or from several: medians of the runs.
///
/// @param spread of one run its own, of several their range over the median
record MeasuredRow(
        String suite,
        String work,
        Map<String, Object> params,
        String dtype,
        int threads,
        double value,
        String unit,
        double spread,
        double bound,
        List<Row.PeerValue> peers) {
    static MeasuredRow of(List<Row> runs) {
        Row first = runs.getFirst();
        double[] values = runs.stream().mapToDouble(Row::value).sorted().toArray();
        double value = median(values);
        double range = values[values.length - 1] - values[0];
        List<Row.PeerValue> peers = new ArrayList<>();
        for (Row.PeerValue peer : first.peers()) {
            double[] theirs =
                    runs.stream()
                            .flatMap(run -> run.peers().stream())
                            .filter(other -> other.name().equals(peer.name()))
                            .mapToDouble(Row.PeerValue::value)
                            .sorted()
                            .toArray();
            peers.add(new Row.PeerValue(peer.name(), peer.version(), median(theirs)));
        }
        return new MeasuredRow(
                first.suite(),
                first.work(),
                first.params(),
                first.dtype(),
                first.threads(),
                value,
                first.unit(),
                runs.size() == 1 ? first.spread() : value == 0 ? 0 : range / value,
                median(runs.stream().mapToDouble(Row::bound).sorted().toArray()),
                peers);
    }

    /// The value over the bound, 0 where there is none.
    double ofBound() {
        return bound > 0 ? value / bound : 0;
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
