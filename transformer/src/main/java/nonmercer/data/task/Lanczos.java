package nonmercer.data.task;

/// Pictures made smaller: each pixel is a mean of those around it with the weights `sinc(x)
/// sinc(x/3)`, `|x| < 3`, in pixels of the result (Lanczos), cut to `[0, 1]`.
final class Lanczos {
    private static final double SUPPORT = 3;

    private Lanczos() {}

    /// A square picture of `from × from` as one of `to × to`.
    static double[] shrink(double[] picture, int from, int to) {
        double[][] weights = weights(from, to);
        double[] rows = new double[to * from]; // [to, from]
        for (int i = 0; i < to; i++) {
            for (int k = 0; k < from; k++) {
                double w = weights[i][k];
                for (int j = 0; w != 0 && j < from; j++) {
                    rows[i * from + j] += w * picture[k * from + j];
                }
            }
        }
        double[] out = new double[to * to];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < to; j++) {
                double sum = 0;
                for (int k = 0; k < from; k++) {
                    sum += weights[j][k] * rows[i * from + k];
                }
                out[i * to + j] = Math.clamp(sum, 0, 1);
            }
        }
        return out;
    }

    private static double[][] weights(int from, int to) {
        double scale = (double) from / to;
        double[][] weights = new double[to][from];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            double sum = 0;
            for (int k = 0; k < from; k++) {
                weights[i][k] = window((k + 0.5 - centre) / scale);
                sum += weights[i][k];
            }
            for (int k = 0; k < from; k++) {
                weights[i][k] /= sum;
            }
        }
        return weights;
    }

    private static double window(double x) {
        return Math.abs(x) < SUPPORT ? sinc(x) * sinc(x / SUPPORT) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
