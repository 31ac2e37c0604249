package nonmercer.attention;

import java.util.Arrays;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;

/// A number added to the logarithm of each weight: `wᵢⱼ = k(qᵢ, kⱼ) e^bᵢⱼ`. A weight that is
/// negative or has no logarithm is multiplied by `e^bᵢⱼ` all the same.
///
/// A tensor that is recorded gets its gradient. The position of query `i` of `n` is `i + m − n`
/// among the `m` keys: the last query stands where the last key stands, as in [Mask#causal()].
public sealed interface Bias {
    /// Nothing is added.
    static Bias none() {
        return new None();
    }

    /// A number for each query and key: `[n, m]`, `[h, n, m]` or `[b, h, n, m]`, where `b` and `h`
    /// may be 1.
    static Bias of(Tensor table) {
        return new Table(table);
    }

    /// A number for each distance of the positions: `[h, n + m − 1]`, where `h` may be 1; key `j`
    /// and query `i` take number `j − i + n − 1`. No array of all pairs is made.
    static Bias relative(Tensor byDistance) {
        return new Relative(byDistance);
    }

    /// `−slope_h · |i + m − n − j|` in head `h`: attention with linear biases, computed from the
    /// positions (Press, Smith & Lewis 2022, section 3).
    static Bias linear(double... slopes) {
        return new Linear(slopes);
    }

    /// The slopes of the paper for so many heads, `2^(−8/h), 2^(−16/h), …, 2^−8`.
    static Bias alibi(int heads) {
        double[] slopes = new double[heads];
        Arrays.setAll(slopes, h -> Math.pow(2, -8.0 * (h + 1) / heads));
        return new Linear(slopes);
    }

    /// Nothing.
    record None() implements Bias {}

    /// For each query and key.
    record Table(Tensor values) implements Bias {
        /// Checks the rank.
        public Table {
            if (values.rank() < 2 || values.rank() > 4) {
                throw new IllegalArgumentException(
                        "a bias is [n, m], [heads, n, m] or [batch, heads, n, m], got "
                                + values.shape());
            }
        }
    }

    /// For each distance.
    record Relative(Tensor values) implements Bias {
        /// Checks the rank.
        public Relative {
            if (values.rank() != 2) {
                throw new IllegalArgumentException(
                        "a relative bias is [heads, n + m - 1], got " + values.shape());
            }
        }
    }

    /// Falling with the distance.
    record Linear(double... slopes) implements Bias {
        /// Copies the slopes.
        public Linear {
            slopes = slopes.clone();
        }

        private Tensor byDistance(int n, int m, DType dtype) { // [1, h, n + m - 1]
            int width = Math.max(0, n + m - 1);
            double[] all = new double[slopes.length * width];
            Arrays.setAll(all, at -> -slopes[at / width] * Math.abs(at % width - m + 1));
            return Tensor.of(Array.of(Shape.of(1, slopes.length, width), all).cast(dtype));
        }

        @Override
        public double[] slopes() {
            return slopes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Linear l && Arrays.equals(slopes, l.slopes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(slopes);
        }

        @Override
        public String toString() {
            return "Linear" + Arrays.toString(slopes);
        }
    }

    /// The numbers as the loops read them, for scores `[b, h, n, m]`: `[s, h, n, m]`, or by
    /// distance `[1, h, n + m − 1]`, where `s` and `h` may be 1; empty where nothing is added.
    ///
    /// @throws IllegalArgumentException if they do not fit the scores
    default Optional<Tensor> tensor(Shape scores, DType dtype) {
        int heads = scores.dim(1);
        int n = scores.dim(2);
        int m = scores.dim(3);
        Tensor t =
                switch (this) {
                    case None none -> null;
                    case Table(Tensor v) -> v.reshape(led(v.shape(), 4));
                    case Relative(Tensor v) -> v.reshape(led(v.shape(), 3));
                    case Linear l -> l.byDistance(n, m, dtype);
                };
        if (t == null) {
            return Optional.empty();
        }
        Shape expected = t.rank() == 4 ? scores : Shape.of(1, heads, Math.max(0, n + m - 1));
        for (int axis = 0; axis < t.rank(); axis++) {
            if (t.dim(axis) != expected.dim(axis) && (axis > 1 || t.dim(axis) != 1)) {
                throw new IllegalArgumentException(
                        "a bias of shape "
                                + t.shape()
                                + " does not fit attention with scores "
                                + scores
                                + (t.rank() == 3 ? ", which needs " + expected : ""));
            }
        }
        return Optional.of(t);
    }

    private static Shape led(Shape shape, int rank) {
        int[] extents = new int[rank];
        Arrays.fill(extents, 1);
        System.arraycopy(shape.extents(), 0, extents, rank - shape.rank(), shape.rank());
        return Shape.of(extents);
    }

    /// What [#tensor] gave, a number for each query and key: `[…, n, m]`.
    static Tensor expanded(Tensor t, int n, int m) {
        if (t.rank() == 4) {
            return t;
        }
        int[] index = new int[n * m];
        Arrays.setAll(index, at -> at % m - at / m + n - 1);
        return t.permute(2, 0, 1).gather(index).reshape(n, m, t.dim(1)).permute(2, 0, 1);
    }
}
