package nonmercer.data.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nonmercer.random.RandomStream;

/// A chain of paddles that grows at its end.
final class Snake {
    private static final double CROSSING = 1.8; // sums of rooms from here on are a crossing
    private static final int TRIALS = 3;

    private final double brightness;
    private final Canvas lines;
    private final Canvas rooms;
    private final int[] origin; // (y, x)
    private Canvas last; // the room of the last paddle
    private int[] tip;
    private int[] pivot; // the last paddle's end is LENGTH + MARGIN from here
    private double direction;

    private Snake(int size, int[] tail, double direction, int[] pivot, double brightness) {
        this.brightness = brightness;
        this.lines = new Canvas(size);
        this.rooms = new Canvas(size);
        this.last = new Canvas(size);
        this.origin = tail;
        this.tip = tail;
        this.pivot = pivot;
        this.direction = direction;
        place(tail, direction);
    }

    /// A snake of one paddle that starts at this pixel, if it fits into the picture.
    static Optional<Snake> at(int size, int[] tail, double direction, double brightness) {
        int[] head = Paddle.step(tail[0], tail[1], direction, Paddle.LENGTH);
        double back = direction + (direction < 0 ? Math.PI : -Math.PI);
        int[] pivot = Paddle.step(head[0], head[1], back, Paddle.LENGTH + Paddle.MARGIN);
        return inside(head, size) && inside(pivot, size)
                ? Optional.of(new Snake(size, tail, direction, pivot, brightness))
                : Optional.empty();
    }

    private static boolean inside(int[] p, int size) {
        return p[0] >= 0 && p[0] < size && p[1] >= 0 && p[1] < size;
    }

    /// The pixels from which a paddle of this direction touches nothing that is taken.
    static List<int[]> starts(Canvas taken, double direction) {
        double[] room = Paddle.of(direction).room();
        List<int[]> free = new ArrayList<>();
        for (int y = 0; y < taken.size(); y++) {
            for (int x = 0; x < taken.size(); x++) {
                if (fits(taken, room, y, x)) {
                    free.add(new int[] {y, x});
                }
            }
        }
        return free;
    }

    private static boolean fits(Canvas taken, double[] room, int y, int x) {
        if (!taken.free(y, x)) {
            return false;
        }
        for (int dy = -Paddle.REACH; dy <= Paddle.REACH; dy++) {
            for (int dx = -Paddle.REACH; dx <= Paddle.REACH; dx++) {
                if (Canvas.part(room, dy, dx) >= 1
                        && taken.holds(y + dy, x + dx)
                        && !taken.free(y + dy, x + dx)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Grows by one paddle that crosses nothing taken, where this snake's [#last] is not taken.
    ///
    /// @return false if there is no room
    boolean extend(Canvas taken, double continuity, RandomStream random) {
        int[] joint = Paddle.step(pivot[0], pivot[1], direction, Paddle.LENGTH + 2 * Paddle.MARGIN);
        Ring ring = Ring.around(joint, direction, taken, continuity);
        if (ring.isEmpty()) {
            return false;
        }
        for (int trial = 0; trial < TRIALS; trial++) {
            Ring.Place place = ring.choose(random);
            double back = place.direction() + (place.direction() < 0 ? Math.PI : -Math.PI);
            double[] room = Paddle.of(back).room();
            if (taken.greatestSum(room, place.y(), place.x()) < CROSSING) {
                last = new Canvas(taken.size());
                pivot = joint;
                direction = place.direction();
                tip = new int[] {place.y(), place.x()};
                place(tip, back);
                return true;
            }
        }
        return false;
    }

    private void place(int[] start, double towards) {
        Paddle paddle = Paddle.of(towards);
        lines.draw(paddle.line(), start[0], start[1], brightness);
        rooms.draw(paddle.room(), start[0], start[1], 1);
        last.draw(paddle.room(), start[0], start[1], 1);
    }

    Canvas lines() {
        return lines;
    }

    Canvas rooms() {
        return rooms;
    }

    /// The room of the last paddle.
    Canvas last() {
        return last;
    }

    int[] origin() {
        return origin;
    }

    int[] tip() {
        return tip;
    }
}
