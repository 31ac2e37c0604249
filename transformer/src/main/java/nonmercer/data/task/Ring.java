package nonmercer.data.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nonmercer.random.RandomStream;

/// Where a snake's next paddle may end: pixels on a circle around its joint, each with a weight,
/// `(1 - taken) cos²(min(continuity · turn, π/2))`.
final class Ring {
    /// A pixel and its direction from the joint.
    record Place(int y, int x, double direction) {}

    private final List<Place> places = new ArrayList<>();
    private final List<Double> sums = new ArrayList<>(); // of the weights up to here

    private Ring() {}

    static Ring around(int[] joint, double direction, Canvas taken, double continuity) {
        Ring ring = new Ring();
        double radius = Paddle.LENGTH + Paddle.MARGIN;
        Set<Integer> seen = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < 2 * Math.PI * radius; i++) { // a pixel of arc a step
            double angle = i / radius;
            double fy = joint[0] + radius * Math.sin(angle);
            double fx = joint[1] + radius * Math.cos(angle);
            if (fy < 0 || fy >= taken.size() || fx < 0 || fx >= taken.size()) {
                continue;
            }
            int y = (int) fy;
            int x = (int) fx;
            if (!seen.add(y * taken.size() + x)) {
                continue;
            }
            double towards = Math.atan2(y - joint[0], x - joint[1]);
            double turn = Math.abs(towards - direction);
            turn = Math.min(turn, 2 * Math.PI - turn);
            double cos = Math.cos(Math.min(continuity * turn, Math.PI / 2));
            sum += (1 - taken.around(y, x)) * cos * cos;
            ring.places.add(new Place(y, x, towards));
            ring.sums.add(sum);
        }
        return ring;
    }

    /// Whether no place has a weight to speak of.
    boolean isEmpty() {
        return sums.isEmpty() || sums.getLast() < 1e-4;
    }

    Place choose(RandomStream random) {
        double at = random.nextDouble() * sums.getLast();
        int i = 0;
        while (sums.get(i) <= at) {
            i++;
        }
        return places.get(i);
    }
}
