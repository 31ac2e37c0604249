package nonmercer.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nonmercer.io.Json;

/// One training of the swap experiment.
///
/// @param task what was learnt
/// @param kernel its name
/// @param seed of everything but the split
/// @param epochs it was trained for
/// @param parameters of the model, counted
/// @param scores on the test data, by metric; empty if the training diverged
/// @param items classification: 1 for each test text that is labelled right, else 0; otherwise
///   empty
/// @param curve validation score after each epoch
/// @param seconds of training
/// @param failure why it diverged; empty if it did not
public record SwapRun(
        SwapTask task,
        String kernel,
        long seed,
        int epochs,
        long parameters,
        Map<SwapMetric, Double> scores,
        String items,
        List<Double> curve,
        double seconds,
        String failure)
        implements RunFile.Line {
    /// Copies what could change.
    public SwapRun {
        scores = Map.copyOf(scores);
        curve = List.copyOf(curve);
    }

    /// What makes a run the same run.
    record Key(SwapTask task, String kernel, long seed, int epochs) {}

    @Override
    public Key key() {
        return new Key(task, kernel, seed, epochs);
    }

    /// In a line: the scores, or why there are none.
    String outcome() {
        return failure.isEmpty()
                ? scores.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getKey().words() + " " + e.getKey().print(e.getValue()))
                        .collect(Collectors.joining(", "))
                : "diverged: " + failure;
    }

    @Override
    public Json json() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("task", Json.of(task.toString()));
        members.put("kernel", Json.of(kernel));
        members.put("seed", Json.of(seed));
        members.put("epochs", Json.of((long) epochs));
        members.put("parameters", Json.of(parameters));
        for (SwapMetric metric : SwapMetric.values()) {
            Double score = scores.get(metric);
            if (score != null) {
                members.put(metric.key(), Json.of((double) score));
            }
        }
        members.put("seconds", Json.of(Math.rint(seconds * 10) / 10));
        members.put("curve", Json.of(curve.stream().map(v -> Json.of(rounded(v))).toList()));
        if (!items.isEmpty()) {
            members.put("items", Json.of(items));
        }
        if (!failure.isEmpty()) {
            members.put("failure", Json.of(failure));
        }
        return Json.of(members);
    }

    private static double rounded(double v) {
        return Math.rint(v * 1e4) / 1e4;
    }

    /// The run of a line.
    static SwapRun of(Json json) {
        Map<SwapMetric, Double> scores = new LinkedHashMap<>();
        for (SwapMetric metric : SwapMetric.values()) {
            Json score = json.find(metric.key());
            if (score != null) {
                scores.put(metric, score.number());
            }
        }
        List<Double> curve = new ArrayList<>();
        json.get("curve").items().forEach(v -> curve.add(v.number()));
        return new SwapRun(
                SwapTask.named(json.get("task").text()),
                json.get("kernel").text(),
                json.get("seed").integer(),
                json.get("epochs").int32(),
                json.get("parameters").integer(),
                scores,
                optional(json, "items"),
                curve,
                json.get("seconds").number(),
                optional(json, "failure"));
    }

    private static String optional(Json json, String member) {
        Json text = json.find(member);
        return text == null ? "" : text.text();
    }
}
