package nonmercer.array;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An immutable handle on a dense, row-major block of `float32` or `float64` numbers.
///
/// Operations never write their inputs; each writes the one array it was given to fill. `reshape`
/// shares storage. The raw storage ([#floats()], [#doubles()]) is for the loops of this library:
/// its length may exceed [#size()], and writing to it after the array was handed on breaks the
/// promise above.
public final class Array {
    private final Object data;
    private final DType dtype;
    private final Shape shape;
    private final @Nullable Loan loan;
    private final int generation;

    private Array(Object data, DType dtype, Shape shape, @Nullable Loan loan, int generation) {
        this.data = data;
        this.dtype = dtype;
        this.shape = shape;
        this.loan = loan;
        this.generation = generation;
    }

    static Array wrap(Object data, DType dtype, Shape shape, @Nullable Loan loan) {
        return new Array(data, dtype, shape, loan, loan == null ? 0 : loan.generation);
    }

    /// A float64 array of this shape. The values are copied.
    public static Array of(Shape shape, double... values) {
        checkCount(shape, values.length);
        return wrap(values.clone(), DType.FLOAT64, shape, null);
    }

    /// A float32 array of this shape. The values are copied.
    public static Array of(Shape shape, float... values) {
        checkCount(shape, values.length);
        return wrap(values.clone(), DType.FLOAT32, shape, null);
    }

    /// A float64 vector `[values.length]`. The values are copied.
    public static Array vector(double... values) {
        return of(Shape.of(values.length), values);
    }

    /// A float64 matrix of rows of equal length.
    public static Array matrix(double[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] all = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "matrix: row "
                                + i
                                + " has "
                                + rows[i].length
                                + " values, row 0 has "
                                + columns);
            }
            System.arraycopy(rows[i], 0, all, i * columns, columns);
        }
        return wrap(all, DType.FLOAT64, Shape.of(rows.length, columns), null);
    }

    /// A scalar, shape `[]`.
    public static Array scalar(DType dtype, double value) {
        return full(dtype, Shape.SCALAR, value);
    }

    /// An array of zeros.
    public static Array zeros(DType dtype, Shape shape) {
        return Memory.HEAP.fresh(dtype, shape);
    }

    /// An array with one value everywhere.
    public static Array full(DType dtype, Shape shape, double value) {
        Array a = zeros(dtype, shape);
        if (a.data instanceof float[] f) {
            Arrays.fill(f, (float) value);
        } else {
            Arrays.fill((double[]) a.data, value);
        }
        return a;
    }

    /// The extents, outermost first.
    public Shape shape() {
        return shape;
    }

    /// The type of the elements.
    public DType dtype() {
        return dtype;
    }

    /// The number of elements.
    public int size() {
        return shape.size();
    }

    /// The extent along an axis; -1 is the innermost.
    public int dim(int axis) {
        return shape.dim(axis);
    }

    /// The element at this index, one number an axis.
    public double get(int... index) {
        if (index.length != shape.rank()) {
            throw new IllegalArgumentException(
                    "get: index "
                            + Arrays.toString(index)
                            + " has "
                            + index.length
                            + " numbers for shape "
                            + shape);
        }
        int at = 0;
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0 || index[i] >= shape.dim(i)) {
                throw new IllegalArgumentException(
                        "get: index " + Arrays.toString(index) + " is outside shape " + shape);
            }
            at = at * shape.dim(i) + index[i];
        }
        return at(at);
    }

    /// The element at this position of the row-major order.
    public double at(int position) {
        return storage() instanceof float[] f ? f[position] : ((double[]) data)[position];
    }

    /// The one element of an array of size 1.
    public double item() {
        if (size() != 1) {
            throw new IllegalArgumentException(
                    "item: shape " + shape + " has " + size() + " elements, not one");
        }
        return at(0);
    }

    /// The same elements in the same order under another shape of equal size; storage is shared.
    public Array reshape(Shape to) {
        if (to.size() != size()) {
            throw new IllegalArgumentException(
                    "reshape: "
                            + shape
                            + " has "
                            + size()
                            + " elements, "
                            + to
                            + " has "
                            + to.size());
        }
        return to.equals(shape) ? this : new Array(data, dtype, to, loan, generation);
    }

    /// The first `n` entries of the outermost axis; storage is shared.
    public Array leading(int n) {
        if (shape.rank() == 0 || n < 0 || n > shape.dim(0)) {
            throw new IllegalArgumentException(
                    "leading: shape " + shape + " has no " + n + " entries along its first axis");
        }
        return n == shape.dim(0)
                ? this
                : new Array(data, dtype, shape.with(0, n), loan, generation);
    }

    /// A copy on the heap, valid for ever.
    public Array copy() {
        Object s = storage();
        return wrap(
                s instanceof float[] f
                        ? Arrays.copyOf(f, size())
                        : Arrays.copyOf((double[]) s, size()),
                dtype,
                shape,
                null);
    }

    /// This array in another element type: rounded to nearest, or exactly widened. The same array
    /// if nothing changes.
    public Array cast(DType to) {
        if (to == dtype) {
            return this;
        }
        Array out = Memory.of(this).fresh(to, shape);
        int n = size();
        if (storage() instanceof float[] f) {
            double[] d = out.doubles();
            for (int i = 0; i < n; i++) {
                d[i] = f[i];
            }
        } else {
            double[] d = (double[]) data;
            float[] f = out.floats();
            for (int i = 0; i < n; i++) {
                f[i] = (float) d[i];
            }
        }
        return out;
    }

    /// The elements in row-major order, as float64. Always a copy.
    public double[] toDoubles() {
        Object s = storage();
        if (s instanceof double[] d) {
            return Arrays.copyOf(d, size());
        }
        double[] out = new double[size()];
        float[] f = (float[]) s;
        for (int i = 0; i < out.length; i++) {
            out[i] = f[i];
        }
        return out;
    }

    /// The elements in row-major order, as float32. Always a copy.
    public float[] toFloats() {
        return Arrays.copyOf(cast(DType.FLOAT32).floats(), size());
    }

    /// The float32 storage itself, elements in `[0, size)`.
    ///
    /// @throws IllegalArgumentException if the elements are float64
    public float[] floats() {
        if (storage() instanceof float[] f) {
            return f;
        }
        throw new IllegalArgumentException(
                "expected a float32 array, got float64 " + shape + "; use cast(FLOAT32)");
    }

    /// The float64 storage itself, elements in `[0, size)`.
    ///
    /// @throws IllegalArgumentException if the elements are float32
    public double[] doubles() {
        if (storage() instanceof double[] d) {
            return d;
        }
        throw new IllegalArgumentException(
                "expected a float64 array, got float32 " + shape + "; use cast(FLOAT64)");
    }

    /// The slab this array's storage belongs to, or null for the heap.
    public @Nullable Slab slab() {
        return loan == null ? null : loan.slab;
    }

    /// The buffer of a slab that this array's storage is, or null for the heap.
    @Nullable Loan loan() {
        return loan;
    }

    private Object storage() {
        if (loan != null && loan.generation != generation) {
            throw new IllegalStateException(
                    "a "
                            + dtype.name().toLowerCase(Locale.ROOT)
                            + " array of shape "
                            + shape
                            + " is used after its buffer was taken back, at the end of its step or, for a gradient on its way, once it had been used; copy() what must outlive that");
        }
        return data;
    }

    private static void checkCount(Shape shape, int count) {
        if (count != shape.size()) {
            throw new IllegalArgumentException(
                    "shape " + shape + " holds " + shape.size() + " values, got " + count);
        }
    }

    /// Equal type, shape and bits (so NaN equals NaN, and 0.0 differs from -0.0).
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Array a) || a.dtype != dtype || !a.shape.equals(shape)) {
            return false;
        }
        int n = size();
        return storage() instanceof float[] f
                ? Arrays.equals(f, 0, n, (float[]) a.storage(), 0, n)
                : Arrays.equals((double[]) data, 0, n, (double[]) a.storage(), 0, n);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + dtype.hashCode();
    }

    /// Type, shape and, up to 64 elements, the values.
    @Override
    public String toString() {
        String head = dtype.name().toLowerCase(Locale.ROOT) + shape;
        return size() > 64 ? head : head + " " + Arrays.toString(toDoubles());
    }
}
