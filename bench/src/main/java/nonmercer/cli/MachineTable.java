package nonmercer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nonmercer.experiment.Machines;
import nonmercer.metric.Accuracy;

/// The results of [MachineCommand] as rows of a table and of a report.
final class MachineTable {
    private MachineTable() {}

    static List<String> heading(boolean matching) {
        List<String> all = new ArrayList<>(List.of("machine", "loss fitted", "loss tested"));
        if (matching) {
            all.addAll(List.of("found first", "95 % interval", "ranked right"));
        }
        all.addAll(List.of("gap", "norm", "numbers", "unique", "seconds"));
        return all;
    }

    static List<String> cells(Machines machines, Machines.Result r) {
        List<String> cells = new ArrayList<>();
        cells.add(r.name());
        cells.add(cell("%.4f", r.trainLoss()));
        cells.add(cell("%.4f", r.testLoss()));
        if (machines.data().matching()) {
            Accuracy found = accuracy(machines.found(r));
            cells.add(String.format(Locale.ROOT, "%.3f", found.value()));
            cells.add(found.interval().toString());
            cells.add(String.format(Locale.ROOT, "%.3f", machines.ranking(r)));
        }
        cells.add(cell("%.1e", r.gap()));
        cells.add(cell("%.3f", r.norm()));
        cells.add(String.format(Locale.ROOT, "%,d", r.support()));
        cells.add(r.unique());
        cells.add(String.format(Locale.ROOT, "%.2f", r.seconds()));
        return cells;
    }

    static Map<String, Object> json(Machines machines, Machines.Result r) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("machine", r.name());
        put(row, "lossFitted", r.trainLoss());
        put(row, "lossTested", r.testLoss());
        if (machines.data().matching()) {
            row.put("foundFirst", accuracy(machines.found(r)).value());
            row.put("rankedRight", machines.ranking(r));
        }
        put(row, "gap", r.gap());
        put(row, "norm", r.norm());
        row.put("converged", r.converged());
        row.put("numbers", r.support());
        row.put("unique", r.unique());
        row.put("seconds", r.seconds());
        return row;
    }

    static Accuracy accuracy(boolean[] right) {
        int n = 0;
        for (boolean b : right) {
            n += b ? 1 : 0;
        }
        return new Accuracy(n, right.length);
    }

    private static String cell(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static void put(Map<String, Object> row, String name, double value) {
        if (!Double.isNaN(value)) {
            row.put(name, value);
        }
    }
}
