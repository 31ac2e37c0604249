package nonmercer.data.task;

/// A square picture of numbers on which the greater of old and new stays.
final class Canvas {
    private final int size;
    private final double[] values;

    Canvas(int size) {
        this.size = size;
        this.values = new double[size * size];
    }

    Canvas copy() {
        Canvas other = new Canvas(size);
        other.add(this);
        return other;
    }

    int size() {
        return size;
    }

    double at(int y, int x) {
        return values[y * size + x];
    }

    boolean holds(int y, int x) {
        return y >= 0 && y < size && x >= 0 && x < size;
    }

    void raise(int y, int x, double value) {
        values[y * size + x] = Math.max(values[y * size + x], value);
    }

    void add(Canvas other) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], other.values[i]);
        }
    }

    /// Draws one of a paddle's pictures, the start of the paddle at `(y, x)`; what is outside is
    /// cut.
    void draw(double[] picture, int y, int x, double brightness) {
        for (int dy = -Paddle.REACH; dy <= Paddle.REACH; dy++) {
            for (int dx = -Paddle.REACH; dx <= Paddle.REACH; dx++) {
                if (holds(y + dy, x + dx)) {
                    raise(y + dy, x + dx, brightness * part(picture, dy, dx));
                }
            }
        }
    }

    /// The greatest sum of this and one of a paddle's pictures.
    double greatestSum(double[] picture, int y, int x) {
        double most = 0;
        for (int dy = -Paddle.REACH; dy <= Paddle.REACH; dy++) {
            for (int dx = -Paddle.REACH; dx <= Paddle.REACH; dx++) {
                if (holds(y + dy, x + dx)) {
                    most = Math.max(most, at(y + dy, x + dx) + part(picture, dy, dx));
                }
            }
        }
        return most;
    }

    static double part(double[] picture, int dy, int dx) {
        return picture[(dy + Paddle.REACH) * Paddle.SIDE + dx + Paddle.REACH];
    }

    /// Values below 0.3 are nothing: a paddle's room fades.
    boolean free(int y, int x) {
        return at(y, x) <= 0.3;
    }

    /// The greatest value at `(y, x)` and the four pixels next to it.
    double around(int y, int x) {
        double most = at(y, x);
        most = y > 0 ? Math.max(most, at(y - 1, x)) : most;
        most = y < size - 1 ? Math.max(most, at(y + 1, x)) : most;
        most = x > 0 ? Math.max(most, at(y, x - 1)) : most;
        return x < size - 1 ? Math.max(most, at(y, x + 1)) : most;
    }

    /// Sets a frame of this width to 1.
    void frame(int width) {
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (Math.min(Math.min(y, x), size - 1 - Math.max(y, x)) < width) {
                    values[y * size + x] = 1;
                }
            }
        }
    }

    double most() {
        double most = 0;
        for (double v : values) {
            most = Math.max(most, v);
        }
        return most;
    }

    /// The share of pixels that are free.
    double freeShare() {
        int free = 0;
        for (int i = 0; i < values.length; i++) {
            free += values[i] <= 0.3 ? 1 : 0;
        }
        return (double) free / values.length;
    }
}
