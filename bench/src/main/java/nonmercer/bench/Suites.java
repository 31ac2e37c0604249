package nonmercer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.kernel.KernelExpression;
import nonmercer.random.RandomStream;

/// The suites there are.
public final class Suites {
    private static final List<Suite> ALL =
            List.of(
                    new GemmSuite(),
                    new ElementwiseSuite(),
                    new SoftmaxSuite(),
                    new EmbeddingSuite(),
                    new AttentionSuite(List.of()),
                    new LinearSuite(),
                    new MachineSuite(),
                    new TrainSuite());

    private Suites() {}

    /// All of them, in the order in which they run.
    public static List<Suite> all() {
        return ALL;
    }

    /// The suite of this name.
    ///
    /// @throws IllegalArgumentException naming the suites there are
    public static Suite named(String name) {
        return ALL.stream()
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no suite named '"
                                        + name
                                        + "'; there are "
                                        + String.join(
                                                ", ", ALL.stream().map(Suite::name).toList())));
    }

    /// The suite of attention with these kernels, names or expressions.
    ///
    /// @throws IllegalArgumentException saying what is wrong with one
    public static Suite attention(List<String> kernels) {
        kernels.forEach(KernelExpression::parse);
        return new AttentionSuite(kernels);
    }

    /// The case whose [Case#id()] this is.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Case find(String id) {
        return Stream.concat(
                        ALL.stream().flatMap(suite -> suite.cases().stream()), AttentionSuite.all())
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no suite has a case '" + id + "'"));
    }

    /// Names and values in turn, in this order.
    static Map<String, Object> params(Object... namesAndValues) {
        Map<String, Object> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return params;
    }

    /// Uniform in [-1, 1): the same values for the same name.
    static Array random(String name, DType dtype, int... extents) {
        Array a = Array.zeros(dtype, Shape.of(extents));
        RandomStream.of(1).at(name).fillUniform(a, -1, 1);
        return a;
    }
}
