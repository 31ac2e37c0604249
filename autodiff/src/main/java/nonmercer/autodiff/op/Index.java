package nonmercer.autodiff.op;

import java.util.Arrays;

/// A list of row numbers or axes, compared by its values: what an op holds in place of an `int[]`.
public final class Index {
    private final int[] values;

    private Index(int[] values) {
        this.values = values;
    }

    /// The list of these values, which are copied.
    public static Index of(int... values) {
        return new Index(values.clone());
    }

    /// A copy of the values.
    public int[] toArray() {
        return values.clone();
    }

    /// The number of values.
    public int size() {
        return values.length;
    }

    /// The values themselves, never to be written.
    int[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Index i && Arrays.equals(values, i.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    /// The values, at most the first ten.
    @Override
    public String toString() {
        return values.length <= 10
                ? Arrays.toString(values)
                : Arrays.toString(Arrays.copyOf(values, 10))
                        + " and "
                        + (values.length - 10)
                        + " more";
    }
}
