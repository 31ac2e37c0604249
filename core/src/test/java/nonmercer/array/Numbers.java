package nonmercer.array;

import java.util.Random;

/// Arrays to test operations with.
final class Numbers {
    private Numbers() {}

    /// Gaussian numbers.
    static Array gaussian(DType dtype, Shape shape, long seed) {
        Random random = new Random(seed);
        double[] x = random.doubles(shape.size()).map(u -> random.nextGaussian()).toArray();
        return Array.of(shape, x).cast(dtype);
    }

    /// Small whole numbers, so that sums in any order are exact.
    static Array whole(DType dtype, Shape shape, long seed) {
        Random random = new Random(seed);
        double[] x = random.ints(shape.size(), -8, 9).mapToDouble(i -> i).toArray();
        return Array.of(shape, x).cast(dtype);
    }

    /// A shape whose extents are at most `most`, 0 and 1 among them.
    static Shape shape(Random random, int rank, int most) {
        int[] extents = new int[rank];
        for (int i = 0; i < rank; i++) {
            extents[i] = random.nextInt(8) == 0 ? random.nextInt(2) : 1 + random.nextInt(most);
        }
        return Shape.of(extents);
    }

    /// The index, one number an axis, of a position of the row-major order.
    static int[] index(Shape shape, int position) {
        int[] index = new int[shape.rank()];
        int rest = position;
        for (int a = shape.rank() - 1; a >= 0; a--) {
            index[a] = rest % shape.dim(a);
            rest /= shape.dim(a);
        }
        return index;
    }

    /// The element of an array that broadcasting puts at an index of a larger shape.
    static double broadcast(Array x, int[] index) {
        int[] mine = new int[x.shape().rank()];
        for (int a = 0; a < mine.length; a++) {
            mine[a] = x.dim(a) == 1 ? 0 : index[index.length - mine.length + a];
        }
        return x.get(mine);
    }

    /// A shape that broadcasts to this one: leading axes dropped, some extents 1.
    static Shape narrowed(Shape shape, Random random) {
        int drop = random.nextInt(shape.rank() + 1);
        int[] extents = new int[shape.rank() - drop];
        for (int a = 0; a < extents.length; a++) {
            extents[a] = random.nextBoolean() ? 1 : shape.dim(a + drop);
        }
        return Shape.of(extents);
    }
}
