package nonmercer.attention;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Reduce;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import nonmercer.linalg.Transpose;

/// Which few rows stand for all queries or keys.
public enum Landmarks {
    /// Means of segments of as many rows each, in order (Xiong et al. 2021).
    SEGMENT_MEANS,
    /// Means of clusters: five rounds of Lloyd's algorithm from the means of segments (Zhang & Kwok
    /// 2010). Which row belongs to which is a constant to the gradient; an empty cluster keeps the
    /// mean of its segment.
    K_MEANS;

    private static final int ROUNDS = 5;

    /// The landmarks `[b, h, r, d]` of the first `lengths[b]` rows of `x [b, h, n, d]`.
    Tensor of(Tensor x, int r, int... lengths) {
        int n = x.dim(2);
        int heads = x.dim(1);
        int[] cluster = new int[x.dim(0) * heads * n];
        for (int row = 0; row < cluster.length; row++) {
            int length = lengths[row / (heads * n)];
            int i = row % n;
            cluster[row] = i < length ? (int) ((long) i * r / length) : -1;
        }
        Tensor means = means(x, r, cluster, new int[0]);
        for (int round = 0; this == K_MEANS && round < ROUNDS; round++) {
            means = means(x, r, nearest(x.detach(), means.detach(), cluster), cluster);
        }
        return means;
    }

    /// For each row that counts the nearest mean, of least `‖m‖²/2 − x·m`.
    private static int[] nearest(Tensor x, Tensor means, int... counts) {
        Tensor half = means.square().sum(-1).scale(-0.5); // [b, h, r]
        Tensor row = half.reshape(half.dim(0), half.dim(1), 1, half.dim(2));
        int[] best = Reduce.argMax(x.matmul(means, Transpose.TRANSPOSED).add(row).value());
        for (int i = 0; i < best.length; i++) {
            best[i] = counts[i] < 0 ? -1 : best[i];
        }
        return best;
    }

    /// The mean of the rows of each cluster; of an empty one that of its segment, or zeros.
    private static Tensor means(Tensor x, int r, int[] cluster, int... segments) {
        int n = x.dim(2);
        int groups = x.dim(0) * x.dim(1);
        double[] shares = new double[groups * r * n];
        for (int g = 0; g < groups; g++) {
            int[] sizes = sizes(cluster, g * n, n, r);
            int[] others = segments.length == 0 ? sizes : sizes(segments, g * n, n, r);
            for (int i = g * n; i < (g + 1) * n; i++) {
                int c = cluster[i];
                if (c >= 0) {
                    shares[(g * r + c) * n + i % n] = 1.0 / sizes[c];
                }
                int s = segments.length == 0 ? -1 : segments[i];
                if (s >= 0 && sizes[s] == 0) {
                    shares[(g * r + s) * n + i % n] = 1.0 / others[s];
                }
            }
        }
        Shape shape = Shape.of(x.dim(0), x.dim(1), r, n);
        return Tensor.of(Array.of(shape, shares).cast(x.dtype())).matmul(x);
    }

    private static int[] sizes(int[] cluster, int from, int n, int r) {
        int[] sizes = new int[r];
        Arrays.stream(cluster, from, from + n).filter(c -> c >= 0).forEach(c -> sizes[c]++);
        return sizes;
    }
}
