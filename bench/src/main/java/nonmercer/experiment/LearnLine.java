package nonmercer.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nonmercer.io.Json;

/// What a line of the results of the experiment on learned kernels says.
public sealed interface LearnLine extends RunFile.Line {
    /// One training.
    ///
    /// @param task what was learnt
    /// @param variant of the attention, by name
    /// @param seed of everything random
    /// @param parameters of the model
    /// @param accuracy on the test examples
    /// @param predictors what is reached without the model, by name
    /// @param curve validation accuracy after each epoch
    /// @param seconds of training
    /// @param before its frequencies before the training
    /// @param after and afterwards
    /// @param failure why it diverged; empty if it did not
    record Run(
            LearnTask task,
            String variant,
            long seed,
            long parameters,
            double accuracy,
            Map<String, Double> predictors,
            List<Double> curve,
            double seconds,
            Optional<Spectrum> before,
            Optional<Spectrum> after,
            String failure)
            implements LearnLine {
        /// Copies what could change.
        public Run {
            predictors = Map.copyOf(predictors);
            curve = List.copyOf(curve);
        }

        /// What makes it the same run.
        record Key(LearnTask task, String variant, long seed) {}

        /// In a line: the accuracy, or why there is none.
        String outcome() {
            return failure.isEmpty()
                    ? String.format(Locale.ROOT, "accuracy %.3f in %.0f s", accuracy, seconds)
                    : "diverged: " + failure;
        }

        @Override
        public Key key() {
            return new Key(task, variant, seed);
        }

        @Override
        public Json json() {
            Map<String, Json> m = new LinkedHashMap<>();
            m.put("line", Json.of("run"));
            m.put("task", Json.of(task.toString()));
            m.put("variant", Json.of(variant));
            m.put("seed", Json.of(seed));
            m.put("parameters", Json.of(parameters));
            m.put("accuracy", Json.of(accuracy));
            Map<String, Json> others = new LinkedHashMap<>();
            predictors.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> others.put(e.getKey(), Json.of(rounded(e.getValue()))));
            m.put("predictors", Json.of(others));
            m.put("curve", numbers(curve));
            m.put("seconds", Json.of(Math.rint(seconds * 10) / 10));
            before.ifPresent(s -> m.put("before", json(s)));
            after.ifPresent(s -> m.put("after", json(s)));
            if (!failure.isEmpty()) {
                m.put("failure", Json.of(failure));
            }
            return Json.of(m);
        }

        private static Json json(Spectrum s) {
            Map<String, Json> m = new LinkedHashMap<>();
            m.put("lengths", numbers(s.lengths()));
            m.put("cut", numbers(s.cut()));
            return Json.of(m);
        }

        private static Run of(Json json) {
            Map<String, Double> predictors = new LinkedHashMap<>();
            json.get("predictors").members().forEach((k, v) -> predictors.put(k, v.number()));
            Json failure = json.find("failure");
            return new Run(
                    LearnTask.named(json.get("task").text()),
                    json.get("variant").text(),
                    json.get("seed").integer(),
                    json.get("parameters").integer(),
                    json.get("accuracy").number(),
                    predictors,
                    numbers(json.get("curve")),
                    json.get("seconds").number(),
                    spectrum(json.find("before")),
                    spectrum(json.find("after")),
                    failure == null ? "" : failure.text());
        }

        private static Optional<Spectrum> spectrum(@org.jspecify.annotations.Nullable Json json) {
            return json == null
                    ? Optional.empty()
                    : Optional.of(
                            new Spectrum(numbers(json.get("lengths")), numbers(json.get("cut"))));
        }
    }

    /// Time and memory of a forward and backward pass of one attention.
    ///
    /// @param attention its name
    /// @param length queries and keys
    /// @param seconds of both passes
    /// @param bytes of the buffers that both need
    record Cost(String attention, int length, double seconds, long bytes) implements LearnLine {
        @Override
        public Object key() {
            return List.of("cost", attention, length);
        }

        @Override
        public Json json() {
            Map<String, Json> m = new LinkedHashMap<>();
            m.put("line", Json.of("cost"));
            m.put("attention", Json.of(attention));
            m.put("length", Json.of((long) length));
            m.put("seconds", Json.of(seconds));
            m.put("bytes", Json.of(bytes));
            return Json.of(m);
        }

        private static Cost of(Json json) {
            return new Cost(
                    json.get("attention").text(),
                    json.get("length").int32(),
                    json.get("seconds").number(),
                    json.get("bytes").integer());
        }
    }

    /// The error of attention through features, and its time.
    ///
    /// @param map the family of features
    /// @param scale of queries and keys
    /// @param features how many
    /// @param error mean error of a row of weights
    /// @param seconds of one application
    /// @param exact of exact attention
    record Deviation(
            String map, double scale, int features, double error, double seconds, double exact)
            implements LearnLine {
        @Override
        public Object key() {
            return List.of("error", map, scale, features);
        }

        @Override
        public Json json() {
            Map<String, Json> m = new LinkedHashMap<>();
            m.put("line", Json.of("error"));
            m.put("map", Json.of(map));
            m.put("scale", Json.of(scale));
            m.put("features", Json.of((long) features));
            m.put("error", Json.of(error));
            m.put("seconds", Json.of(seconds));
            m.put("exact", Json.of(exact));
            return Json.of(m);
        }

        private static Deviation of(Json json) {
            return new Deviation(
                    json.get("map").text(),
                    json.get("scale").number(),
                    json.get("features").int32(),
                    json.get("error").number(),
                    json.get("seconds").number(),
                    json.get("exact").number());
        }
    }

    /// The line that this says.
    static LearnLine of(Json json) {
        return switch (json.get("line").text()) {
            case "run" -> Run.of(json);
            case "cost" -> Cost.of(json);
            default -> Deviation.of(json);
        };
    }

    private static double rounded(double v) {
        return Math.rint(v * 1e5) / 1e5;
    }

    private static Json numbers(List<Double> values) {
        return Json.of(values.stream().map(v -> Json.of(rounded(v))).toList());
    }

    private static List<Double> numbers(Json json) {
        List<Double> all = new ArrayList<>();
        json.items().forEach(v -> all.add(v.number()));
        return all;
    }
}
