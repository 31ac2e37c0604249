package nonmercer.baseline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import nonmercer.data.task.Classified;
import nonmercer.data.task.ListOpsTree;
import nonmercer.data.task.ListOpsTree.Applied;
import nonmercer.data.task.ListOpsTree.Digit;
import nonmercer.data.task.ListOpsTree.Operator;
import nonmercer.metric.Accuracy;

/// Predictors of ListOps that see less and less of what they would have to: what a model reaches
/// says something only beside them.
///
/// Each rung takes what it sees of an expression and answers with the most frequent value of the
/// training expressions that look the same to it; one that looks like none of them gets the answer
/// of a lower rung. The rungs that evaluate the upper levels put one value an operator in the place
/// of the subexpressions below: the one with which the top level predicts the training examples
/// best, searched from the most frequent one on, an operator at a time. There are no more of these
/// than the training expressions have levels.
public final class ListOpsLadder {
    private static final int LEVELS = 4;
    private static final int SEARCHED = 5000; // training examples that choose the values

    private final Map<String, Function<ListOpsTree, Integer>> rungs = new LinkedHashMap<>();

    private ListOpsLadder(List<ListOpsTree> train) {
        Map<Operator, Integer> typical = typical(train);
        var prior = mode(train, t -> "", t -> 0);
        var root = mode(train, ListOpsLadder::root, prior);
        Function<ListOpsTree, Integer> direct =
                t -> digits(t).isEmpty() ? root.apply(t) : onDigits(t);
        var value = mode(train, t -> List.of(root(t), direct.apply(t)), root);
        var counts =
                mode(
                        train,
                        t -> List.of(root(t), direct.apply(t), digits(t).size(), arity(t)),
                        value);
        rungs.put("the most frequent value", prior);
        rungs.put("given the root's operator", root);
        rungs.put("the root's operator on its direct digits", direct);
        rungs.put("given operator and that value", value);
        rungs.put("given operator, that value, digits, arguments", counts);
        int deepest = train.stream().mapToInt(ListOpsLadder::nesting).max().orElse(0);
        for (int levels = 1; levels <= Math.min(LEVELS, deepest); levels++) {
            int n = levels;
            rungs.put(
                    "the top " + (n == 1 ? "level" : n + " levels") + " evaluated",
                    t -> top(t, n, typical));
        }
    }

    /// The ladder with what it takes from training examples.
    public static ListOpsLadder train(List<Classified> train) {
        return new ListOpsLadder(trees(train));
    }

    /// What a rung reaches.
    public record Rung(String name, Accuracy accuracy) {}

    /// What each rung reaches on these examples, the lowest first.
    public List<Rung> climb(List<Classified> test) {
        List<ListOpsTree> trees = trees(test);
        List<Integer> expected = test.stream().map(Classified::label).toList();
        List<Rung> reached = new ArrayList<>();
        rungs.forEach((name, rung) ->
                reached.add(
                        new Rung(name, Accuracy.of(trees.stream().map(rung).toList(), expected))));
        return reached;
    }

    private static List<ListOpsTree> trees(List<Classified> examples) {
        return examples.stream().map(e -> ListOpsTree.of(e.tokens())).toList();
    }

    /// The root's operator, or the digit that is all.
    private static Object root(ListOpsTree t) {
        return switch (t) {
            case Digit d -> d;
            case Applied a -> a.operator();
        };
    }

    private static int nesting(ListOpsTree t) {
        return t instanceof Applied a
                ? 1 + a.arguments().stream().mapToInt(ListOpsLadder::nesting).max().orElse(0)
                : 0;
    }

    private static int arity(ListOpsTree t) {
        return t instanceof Applied a ? a.arguments().size() : 0;
    }

    private static List<Digit> digits(ListOpsTree t) {
        List<Digit> digits = new ArrayList<>();
        if (t instanceof Applied a) {
            for (ListOpsTree argument : a.arguments()) {
                if (argument instanceof Digit d) {
                    digits.add(d);
                }
            }
        }
        return digits;
    }

    private static int onDigits(ListOpsTree t) {
        return ((Applied) t).operator().apply(digits(t).stream().mapToInt(Digit::value).toArray());
    }

    /// The value with everything deeper than `levels` operators replaced by what is typical of it.
    private static int top(ListOpsTree t, int levels, Map<Operator, Integer> typical) {
        return switch (t) {
            case Digit d -> d.value();
            case Applied a ->
                    levels == 0
                            ? typical.getOrDefault(a.operator(), 0)
                            : a.operator()
                                    .apply(
                                            a.arguments().stream()
                                                    .mapToInt(b -> top(b, levels - 1, typical))
                                                    .toArray());
        };
    }

    /// The value that stands for the subexpressions of each operator.
    private static Map<Operator, Integer> typical(List<ListOpsTree> train) {
        Map<Operator, int[]> counts = new EnumMap<>(Operator.class);
        train.forEach(t -> count(t, counts));
        Map<Operator, Integer> typical = new EnumMap<>(Operator.class);
        counts.forEach((operator, c) -> typical.put(operator, best(c)));
        List<ListOpsTree> some = train.subList(0, Math.min(SEARCHED, train.size()));
        int[] values = some.stream().mapToInt(ListOpsTree::value).toArray();
        for (Operator operator : counts.keySet()) {
            int[] right = new int[10];
            for (int v = 0; v < 10; v++) {
                Map<Operator, Integer> tried = new EnumMap<>(typical);
                tried.put(operator, v);
                for (int i = 0; i < values.length; i++) {
                    right[v] += top(some.get(i), 1, tried) == values[i] ? 1 : 0;
                }
            }
            typical.put(operator, best(right));
        }
        return typical;
    }

    /// Counts the values below; the value of the whole.
    private static int count(ListOpsTree t, Map<Operator, int[]> counts) {
        if (!(t instanceof Applied a)) {
            return t.value();
        }
        int[] values = a.arguments().stream().mapToInt(b -> count(b, counts)).toArray();
        int value = a.operator().apply(values);
        counts.computeIfAbsent(a.operator(), o -> new int[10])[value]++;
        return value;
    }

    /// The most frequent value of the training trees with the same key; for a new key, what
    /// `otherwise` says.
    private static Function<ListOpsTree, Integer> mode(
            List<ListOpsTree> train,
            Function<ListOpsTree, Object> key,
            Function<ListOpsTree, Integer> otherwise) {
        Map<Object, int[]> counts = new HashMap<>();
        for (ListOpsTree t : train) {
            counts.computeIfAbsent(key.apply(t), k -> new int[10])[t.value()]++;
        }
        Map<Object, Integer> modes = new HashMap<>();
        counts.forEach((k, c) -> modes.put(k, best(c)));
        return t -> {
            Integer known = modes.get(key.apply(t));
            return known == null ? otherwise.apply(t) : known;
        };
    }

    private static int best(int[] counts) {
        int best = 0;
        for (int v = 1; v < counts.length; v++) {
            best = counts[v] > counts[best] ? v : best;
        }
        return best;
    }
}
