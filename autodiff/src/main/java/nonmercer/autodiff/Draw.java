package nonmercer.autodiff;

import java.util.List;
import java.util.random.RandomGenerator;
import nonmercer.array.Array;
import nonmercer.array.Shape;

/// Random shapes and values for an op's [Specimen]. Extents are small and often 1; float64.
public final class Draw {
    private final RandomGenerator random;
    private final int largest;

    /// Draws from this generator, with extents up to `largest`.
    public Draw(RandomGenerator random, int largest) {
        this.random = random;
        this.largest = largest;
    }

    /// An extent in `1 … largest`.
    public int extent() {
        return 1 + random.nextInt(largest);
    }

    /// An integer in `[from, to)`.
    public int integer(int from, int to) {
        return random.nextInt(from, to);
    }

    /// A number in `[from, to)`.
    public double number(double from, double to) {
        return random.nextDouble(from, to);
    }

    /// One of these.
    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// A shape with a number of axes in `least … most`.
    public Shape shape(int least, int most) {
        int[] e = new int[random.nextInt(least, most + 1)];
        for (int i = 0; i < e.length; i++) {
            e[i] = extent();
        }
        return Shape.of(e);
    }

    /// A shape that broadcasts to the given one: some extents set to 1, some outer axes left out.
    public Shape broadcastable(Shape to) {
        int drop = random.nextInt(3) == 0 ? random.nextInt(to.rank() + 1) : 0;
        int[] e = new int[to.rank() - drop];
        for (int i = 0; i < e.length; i++) {
            e[i] = random.nextInt(3) == 0 ? 1 : to.dim(i + drop);
        }
        return Shape.of(e);
    }

    /// Standard normal values.
    public Array normal(Shape shape) {
        double[] v = new double[shape.size()];
        for (int i = 0; i < v.length; i++) {
            v[i] = random.nextGaussian();
        }
        return Array.of(shape, v);
    }

    /// Values uniform in `[from, to)`.
    public Array uniform(Shape shape, double from, double to) {
        double[] v = new double[shape.size()];
        for (int i = 0; i < v.length; i++) {
            v[i] = random.nextDouble(from, to);
        }
        return Array.of(shape, v);
    }

    /// Indices in `[0, rows)`.
    public int[] indices(int count, int rows) {
        return random.ints(count, 0, rows).toArray();
    }

    /// The numbers from 0 to `n - 1` in a random order.
    public int[] permutation(int n) {
        int[] p = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }

    /// The specimen of this op on these inputs.
    public Specimen of(Op op, Array... inputs) {
        return new Specimen(op, List.of(inputs));
    }
}
