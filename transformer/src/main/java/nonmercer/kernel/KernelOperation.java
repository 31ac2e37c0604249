package nonmercer.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An operation of the algebra as it is written in a [KernelExpression].
///
/// @param name without regard to case
/// @param kernels how many kernels come first
/// @param numbers the names of the numbers that follow
/// @param make what it makes
record KernelOperation(String name, int kernels, List<String> numbers, Make make) {
    /// The kernel of some kernels and numbers.
    interface Make {
        Kernel of(List<Kernel> kernels, List<Double> numbers);
    }

    static List<KernelOperation> all() {
        return List.of(
                new KernelOperation(
                        "lengthscale",
                        1,
                        List.of("length"),
                        (k, x) -> k.getFirst().lengthscale(x.getFirst())),
                new KernelOperation(
                        "stretch",
                        1,
                        List.of("factor"),
                        (k, x) ->
                                k.getFirst()
                                        .warped(new Warp.Stretch(Coefficient.of(x.getFirst())))),
                new KernelOperation(
                        "power",
                        1,
                        List.of("exponent"),
                        (k, x) -> k.getFirst().power(x.getFirst())),
                new KernelOperation("exp", 1, List.of(), (k, x) -> k.getFirst().exponential()),
                new KernelOperation(
                        "decay", 1, List.of("rate"), (k, x) -> k.getFirst().decay(x.getFirst())),
                new KernelOperation(
                        "normalised", 1, List.of(), (k, x) -> k.getFirst().normalised()),
                new KernelOperation(
                        "coordinates",
                        1,
                        List.of("from", "to"),
                        (k, x) -> k.getFirst().coordinates(whole(x.get(0)), whole(x.get(1)))),
                new KernelOperation(
                        "tensor",
                        2,
                        List.of("split"),
                        (k, x) -> k.get(0).tensor(k.get(1), whole(x.getFirst()))));
    }

    static Optional<KernelOperation> named(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return all().stream().filter(o -> o.name.equals(plain)).findFirst();
    }

    private static int whole(double x) {
        if (x != Math.rint(x) || Math.abs(x) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a number of coordinates is whole, got " + x);
        }
        return (int) x;
    }

    /// Such as `lengthscale(k, length)`.
    String usage() {
        StringBuilder out = new StringBuilder(name).append('(');
        for (int i = 0; i < kernels; i++) {
            out.append(i == 0 ? "" : ", ").append(kernels == 1 ? "k" : "k" + (i + 1));
        }
        numbers.forEach(n -> out.append(", ").append(n));
        return out.append(')').toString();
    }
}
