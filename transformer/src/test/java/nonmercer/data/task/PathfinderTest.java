package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathfinderTest {
    static Stream<Pathfinder> tasks() {
        return Stream.of(Pathfinder.standard(), Pathfinder.of(32, 6), Pathfinder.of(64, 20));
    }

    @Test
    void itReadsLikeThis() {
        Pathfinder task = Pathfinder.standard();
        assertEquals(new Pathfinder(32, 14, 7, 5, 4, 1), task);
        Classified picture = task.draw(RandomStream.of(1));
        assertEquals(32 * 32, picture.tokens().length);
    }

    /// The room of a curve is one piece of the picture and joins its origin to its tip, where a
    /// pixel between two paddles may stay free: joints are rounded to pixels. The discs stand on
    /// one piece if and only if the class is 1.
    @ParameterizedTest
    @MethodSource("tasks")
    void theClassSaysWhetherTheDiscsAreConnected(Pathfinder task) {
        for (int i = 0; i < 100; i++) {
            Pathfinder.Scene scene = task.scene(RandomStream.of(1).at(i));
            int[][] pieces = new int[2][];
            for (int s = 0; s < 2; s++) {
                Snake curve = scene.curves().get(s);
                pieces[s] = piece(curve.rooms(), curve.origin());
                for (int p = 0; p < pieces[s].length; p++) {
                    boolean room = !curve.rooms().free(p / task.size(), p % task.size());
                    assertEquals(room ? 1 : 0, pieces[s][p], "one piece");
                }
            }
            int[] tip = scene.curves().get(scene.tip()).tip();
            int at = tip[0] * task.size() + tip[1];
            assertEquals(scene.label(), pieces[scene.origin()][at], "picture " + i);
        }
    }

    /// 1 where a path in the room leads to, in steps of at most two pixels, else 0.
    private static int[] piece(Canvas room, int[] from) {
        int n = room.size();
        int[] reached = new int[n * n];
        Deque<int[]> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int[] p = open.pop();
            if (room.holds(p[0], p[1]) && !room.free(p[0], p[1]) && reached[p[0] * n + p[1]] == 0) {
                reached[p[0] * n + p[1]] = 1;
                for (int dy = -2; dy <= 2; dy++) {
                    for (int dx = -2; dx <= 2; dx++) {
                        open.push(new int[] {p[0] + dy, p[1] + dx});
                    }
                }
            }
        }
        return reached;
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void swappingTheOriginsDiscFlipsTheClass(Pathfinder task) {
        for (int i = 0; i < 20; i++) {
            Pathfinder.Scene scene = task.scene(RandomStream.of(2).at(i));
            Classified drawn = scene.example();
            Classified swapped = scene.swapped().example();
            assertEquals(1 - drawn.label(), swapped.label());
            assertEquals(drawn, scene.swapped().swapped().example());
            int changed = 0;
            for (int p = 0; p < drawn.tokens().length; p++) {
                if (drawn.tokens()[p] != swapped.tokens()[p]) {
                    int y = p / task.size();
                    int x = p % task.size();
                    assertTrue(
                            near(scene.curves().get(0).origin(), y, x)
                                    || near(scene.curves().get(1).origin(), y, x),
                            "only the discs change");
                    changed++;
                }
            }
            assertNotEquals(0, changed);
        }
    }

    /// A disc of radius 1.5 under a window of 3 pixels.
    private static boolean near(int[] centre, int y, int x) {
        return Math.hypot(y - centre[0], x - centre[1]) < 1.5 + 3 * Math.sqrt(2);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void curvesHaveTheirLengthAndKeepApart(Pathfinder task) {
        for (int i = 0; i < 30; i++) {
            Pathfinder.Scene scene = task.scene(RandomStream.of(3).at(i));
            Snake a = scene.curves().get(0);
            Snake b = scene.curves().get(1);
            // Rounded to pixels.
            assertEquals(
                    task.seedDistance(),
                    Math.hypot(a.origin()[0] - b.origin()[0], a.origin()[1] - b.origin()[1]),
                    Math.sqrt(0.5));
            for (int y = 0; y < task.size(); y++) {
                for (int x = 0; x < task.size(); x++) {
                    assertTrue(a.rooms().at(y, x) + b.rooms().at(y, x) < 1.8);
                }
            }
        }
    }

    /// Hoeffding at 1e-9: 1,000 labels are half ones but for 0.104.
    @Test
    void bothClassesAreDrawnAlike() {
        int ones = 0;
        for (int i = 0; i < 1000; i++) {
            ones += Pathfinder.of(32, 6).scene(RandomStream.of(4).at(i)).label();
        }
        assertEquals(0.5, ones / 1000.0, Chance.hoeffding(1000, 1));
    }

    @Test
    void whatHasNoRoomIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Pathfinder.of(8, 6));
        var e =
                assertThrows(
                        IllegalArgumentException.class, () -> new Pathfinder(32, 14, 8, 5, 4, 1));
        assertEquals(
                "a path needs a picture of side 16 or more, 2 paddles or more, and origins less than"
                        + " a quarter of the side apart, got 32, 14 and 8",
                e.getMessage());
    }
}
