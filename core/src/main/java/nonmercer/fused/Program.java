package nonmercer.fused;

import java.util.List;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;

/// A function of several numbers as straight-line code, run over whole tiles: each step is one pass
/// of a vectorised loop over a tile in the first-level cache.
///
/// Registers `0 … inputs-1` hold the arguments; step `i` writes register `inputs + i`.
///
/// @param inputs the number of arguments
/// @param steps what is done, in order
/// @param results the registers with the values
public record Program(int inputs, List<Step> steps, List<Integer> results) {
    /// Checks that each step reads what stands before it.
    public Program {
        steps = List.copyOf(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).last() >= inputs + i) {
                throw new IllegalArgumentException(
                        "step "
                                + i
                                + " reads register "
                                + steps.get(i).last()
                                + ", not yet written");
            }
        }
        results = List.copyOf(results);
        for (int result : results) {
            if (result < 0 || result >= inputs + steps.size()) {
                throw new IllegalArgumentException("there is no register " + result);
            }
        }
    }

    /// One pass over a tile.
    public sealed interface Step {
        /// The highest register it reads, -1 if none.
        int last();

        /// Whether it reads a register.
        default boolean reads(int register) {
            return register == last();
        }

        /// `f(x)`.
        record Apply(Unary f, int x) implements Step {
            @Override
            public int last() {
                return x;
            }
        }

        /// `scale·x + shift`.
        record Affine(int x, double scale, double shift) implements Step {
            @Override
            public int last() {
                return x;
            }
        }

        /// `f(x, y)`.
        record Combine(Binary f, int x, int y) implements Step {
            @Override
            public int last() {
                return Math.max(x, y);
            }

            @Override
            public boolean reads(int register) {
                return register == x || register == y;
            }
        }

        /// `f(x, c)`.
        record With(Binary f, int x, double c) implements Step {
            @Override
            public int last() {
                return x;
            }
        }

        /// The same number everywhere.
        record Constant(double value) implements Step {
            @Override
            public int last() {
                return -1;
            }
        }
    }

    /// The number of registers.
    public int registers() {
        return inputs + steps.size();
    }

    /// The step that writes a result, which nothing reads, as a multiple of an argument that is no
    /// result itself; -1 if none does.
    int multiple(int result) {
        int register = results.get(result);
        if (register < inputs
                || !(steps.get(register - inputs)
                        instanceof Step.Affine(int x, double scale, double shift))
                || x >= inputs
                || scale == 0
                || shift != 0) {
            return -1;
        }
        boolean alone =
                results.stream().filter(r -> r == register || r == x).count() == 1
                        && steps.stream().noneMatch(s -> s.reads(register));
        return alone ? register - inputs : -1;
    }

    /// Whether the one value is a constant, not 0, times the one argument plus a constant.
    boolean linear() {
        return inputs == 1
                && results.size() == 1
                && (results.getFirst() == 0
                        || steps.size() == 1
                                && steps.getFirst() instanceof Step.Affine affine
                                && affine.scale() != 0);
    }

    /// The factor of a [#linear()] program.
    double factor() {
        return results.getFirst() == 0 ? 1 : ((Step.Affine) steps.getFirst()).scale();
    }
}
