package nonmercer.kernel;

import java.util.Collections;
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
    private static final int MOST = 100;

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
                        "normalised", 1, List.of(), (k, x) -> k.getFirst().normalised()));
    }

    static Optional<KernelOperation> named(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return all().stream().filter(o -> o.name.equals(plain)).findFirst();
    }

    /// `kᵖ` for a whole `p ≥ 1`: a product.
    static Kernel power(Kernel kernel, double p) {
        if (p < 1 || p > MOST || p != Math.rint(p)) {
            throw new IllegalArgumentException(
                    "the exponent of a kernel is a whole number from 1 to " + MOST + ", got " + p);
        }
        return p == 1 ? kernel : Product.of(Collections.nCopies((int) p, kernel));
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
