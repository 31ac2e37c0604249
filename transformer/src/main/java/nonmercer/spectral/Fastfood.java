package nonmercer.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// Frequencies as rows of blocks `D^-½ S H G P H B`: random signs `B`, a permutation `P`, normal
/// `G`, lengths `S`, and the Hadamard matrix `H` of the power of two `D` from `d` on; each diagonal
/// drawn, or trained (Le, Sarlós & Smola 2013; Yang et al. 2015; Chowdhury et al. 2022).
///
/// All drawn, every frequency is exactly `N(0, I)`, and frequencies of a block depend on each other
/// through `G`. Frequencies are projected by two fast transforms and never stored. The law couples
/// its frequencies itself: it takes [Coupling.Fastfood].
///
/// @param s lengths `[blocks, D]`, drawn if empty; `g` and `b` likewise
public record Fastfood(int dimension, Optional<Numbers> s, Optional<Numbers> g, Optional<Numbers> b)
        implements SpectralLaw {
    /// Refuses diagonals of other shapes.
    public Fastfood {
        int n = Blocks.powerOfTwo(dimension);
        for (Optional<Numbers> diagonal : List.of(s, g, b)) {
            if (diagonal.isPresent()
                    && (diagonal.get().value().shape().rank() != 2
                            || diagonal.get().value().dim(1) != n)) {
                throw new IllegalArgumentException(
                        "the diagonals of Fastfood in "
                                + dimension
                                + " coordinates are [blocks, "
                                + n
                                + "], got "
                                + diagonal.get().value().shape());
            }
        }
    }

    /// All diagonals drawn: `ω ~ N(0, I)`.
    public static Fastfood drawn(int d) {
        return new Fastfood(d, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// All diagonals trained, starting where drawn ones would stand: the kernel starts near the
    /// Gaussian one.
    public static Fastfood trained(int d, int m, DType dtype, RandomStream stream) {
        Noise.Diagonals start = Blocks.diagonals(d, blocks(d, m), stream);
        return new Fastfood(
                d, trained(start.s(), dtype), trained(start.g(), dtype), trained(start.b(), dtype));
    }

    /// All diagonals trained, starting at `N(0, 1/d)` as released: `E‖ω‖² = 1/d²`, so that the
    /// kernel starts as a constant and attention as a mean (Chowdhury et al. 2022).
    public static Fastfood trainedFromSmall(int d, int m, DType dtype, RandomStream stream) {
        Shape shape = Shape.of(blocks(d, m), Blocks.powerOfTwo(d));
        List<Optional<Numbers>> all = new ArrayList<>();
        for (String name : List.of("s", "g", "b")) {
            Array a = Array.zeros(dtype, shape);
            stream.at(name).fillNormal(a, 0, 1 / Math.sqrt(d));
            all.add(Optional.of(Numbers.trained(a)));
        }
        return new Fastfood(d, all.get(0), all.get(1), all.get(2));
    }

    private static Optional<Numbers> trained(Array start, DType dtype) {
        return Optional.of(Numbers.trained(start.cast(dtype)));
    }

    private static int blocks(int d, int m) {
        int n = Blocks.powerOfTwo(d);
        if (m % n != 0 || m == 0) {
            throw new IllegalArgumentException(
                    "Fastfood in "
                            + d
                            + " coordinates makes frequencies by the block of "
                            + n
                            + ", got "
                            + m);
        }
        return m / n;
    }

    @Override
    public int heads() {
        return 1;
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        if (!(coupling instanceof Coupling.Fastfood)) {
            throw new IllegalArgumentException(
                    "Fastfood couples its frequencies itself: use the coupling Fastfood, not "
                            + coupling);
        }
        int blocks = blocks(dimension, m);
        for (Optional<Numbers> diagonal : List.of(s, g, b)) {
            if (diagonal.isPresent() && diagonal.get().value().dim(0) != blocks) {
                throw new IllegalArgumentException(
                        "Fastfood with diagonals of "
                                + diagonal.get().value().dim(0)
                                + " blocks cannot make "
                                + m
                                + " frequencies");
            }
        }
        return Blocks.diagonals(dimension, blocks, stream);
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        if (!(noise instanceof Noise.Diagonals drawn)) {
            throw new IllegalArgumentException(
                    "this noise was not drawn by Fastfood; draw it with law.noise");
        }
        return new Frequencies.Transformed(
                dimension,
                of(s, drawn.s(), dtype, pass),
                of(g, drawn.g(), dtype, pass),
                of(b, drawn.b(), dtype, pass),
                drawn.permutation().stream().mapToInt(i -> i).toArray());
    }

    private static Tensor of(Optional<Numbers> own, Array drawn, DType dtype, Pass pass) {
        return own.isPresent() ? own.get().of(dtype, pass) : Tensor.of(drawn.cast(dtype));
    }

    private boolean allDrawn() {
        return s.isEmpty() && g.isEmpty() && b.isEmpty();
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        return allDrawn()
                ? Gaussian.standard(dimension).characteristic(head, t)
                : OptionalDouble.empty();
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        return allDrawn() ? Gaussian.standard(dimension).logMgf(head, z) : OptionalDouble.empty();
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        return allDrawn() ? Gaussian.standard(dimension).secondMoments(head) : Optional.empty();
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(s, g, b).stream()
                .flatMap(Optional::stream)
                .flatMap(n -> n.parameters().stream())
                .toList();
    }

    @Override
    public String formula() {
        return "ω rows of D^-½ S H G P H B" + (allDrawn() ? ", each N(0, I)" : ", trained");
    }
}
