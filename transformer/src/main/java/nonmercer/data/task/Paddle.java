package nonmercer.data.task;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A short line of one direction, and the room it takes: two square pictures around its start.
///
/// Drawn at twice the size, one pixel wide there, and shrunk. The room is the line widened by the
/// margin.
///
/// @param line how bright it makes each pixel, 0 … 1
/// @param room how much of each pixel it keeps free of others, 0 … 1
record Paddle(double[] line, double[] room) {
    /// The pixels between start and end.
    static final int LENGTH = 2;

    /// The pixels around it that stay free.
    static final int MARGIN = 1;

    /// The pictures reach this far from the start.
    static final int REACH = LENGTH + 1 + MARGIN;

    private static final int FINE = 2; // pixels drawn for one that is seen
    private static final int DRAWN = 2 * REACH * FINE + 1;

    /// The side of the pictures.
    static final int SIDE = 2 * REACH + 1;

    /// Few directions occur: whole degrees, and those between near pixels.
    private static final Map<Double, Paddle> KNOWN = new ConcurrentHashMap<>();

    /// The paddle of this direction, in radians, from the x axis to the y axis.
    static Paddle of(double direction) {
        return KNOWN.computeIfAbsent(direction, Paddle::draw);
    }

    private static Paddle draw(double direction) {
        double[] line = new double[DRAWN * DRAWN];
        int start = REACH * FINE;
        int[] end = step(start, start, direction, LENGTH * FINE);
        int steps = Math.max(Math.abs(end[0] - start), Math.abs(end[1] - start));
        for (int i = 0; i <= steps; i++) {
            double t = (double) i / steps;
            int y = (int) Math.round(start + t * (end[0] - start));
            int x = (int) Math.round(start + t * (end[1] - start));
            line[y * DRAWN + x] = 1;
        }
        double[] room = new double[DRAWN * DRAWN];
        int radius = MARGIN * FINE;
        for (int y = radius; y < DRAWN - radius; y++) {
            for (int x = radius; x < DRAWN - radius; x++) {
                if (line[y * DRAWN + x] > 0) {
                    widen(room, y, x, radius);
                }
            }
        }
        return new Paddle(
                Lanczos.shrink(line, DRAWN, SIDE), bytes(Lanczos.shrink(room, DRAWN, SIDE)));
    }

    private static void widen(double[] room, int y, int x, int radius) {
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                if (dy * dy + dx * dx <= radius * radius) {
                    room[(y + dy) * DRAWN + x + dx] = 1;
                }
            }
        }
    }

    /// Rounded to multiples of 1/255, as a picture of bytes would be.
    private static double[] bytes(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(255 * values[i]) / 255.0;
        }
        return values;
    }

    /// The pixel `(y, x)` at this distance, rounded up.
    static int[] step(int y, int x, double direction, int distance) {
        return new int[] {
            (int) Math.ceil(y + distance * Math.sin(direction)),
            (int) Math.ceil(x + distance * Math.cos(direction))
        };
    }
}
