package nonmercer.data.task;

import java.util.List;
import java.util.Optional;
import nonmercer.random.RandomStream;

/// Pathfinder (Linsley et al. 2018), as the Long Range Arena draws it: two long dashed curves among
/// short ones, and two discs; class 1 if the discs mark the ends of one curve, class 0 if they mark
/// ends of different ones.
///
/// The long curves grow in turn, paddle by paddle: the first starts near the middle, the second at
/// `seedDistance` from it. Each paddle ends on a circle around the last joint, straight on the
/// likeliest; one that crosses what is drawn is tried again, three times, then both curves start
/// anew. The short curves follow, and a disc on the origin of one long curve and on the tip of the
/// same or of the other. Lines are two pixels long and half a pixel wide, smoothed by Lanczos'
/// window. The picture is distributed as in the original; two things are mended that could make a
/// picture ambiguous there: a curve keeps clear of the other's last paddle, and so do the short
/// ones.
///
/// A token is a pixel's brightness, 0 … 255, row by row.
///
/// @param size the side of the picture
/// @param contour the paddles of a long curve
/// @param seedDistance the pixels between the origins of the two
/// @param distractors the short curves
/// @param distractorLength the paddles of a short curve
/// @param continuity the larger, the straighter the curves
public record Pathfinder(
        int size,
        int contour,
        int seedDistance,
        int distractors,
        int distractorLength,
        double continuity)
        implements ClassTask {
    private static final int PADDING = 1;
    private static final double LONG = 1.5; // brightness: snake contrast 2, paddle contrast 3/4
    private static final double SHORT = 2;
    private static final double RADIUS = 1.5; // of the discs
    private static final int FINE = 2;
    private static final int TRIALS = 3;
    private static final int SNAKE_TRIALS = 5;
    private static final double FULL = 0.01; // so little left free ends the drawing of short curves
    private static final int STARTS = 100_000;

    /// Refuses what has no room.
    public Pathfinder {
        if (size < 16 || contour < 2 || seedDistance < 1 || 4 * seedDistance >= size) {
            throw new IllegalArgumentException(
                    "a path needs a picture of side 16 or more, 2 paddles or more, and origins less"
                            + " than a quarter of the side apart, got "
                            + size
                            + ", "
                            + contour
                            + " and "
                            + seedDistance);
        }
        if (distractors < 0 || distractorLength < 1 || !(continuity > 0)) {
            throw new IllegalArgumentException(
                    "expected 0 or more distractors of 1 or more paddles and a positive continuity,"
                            + " got "
                            + distractors
                            + ", "
                            + distractorLength
                            + " and "
                            + continuity);
        }
    }

    /// The hard setting of the Long Range Arena: 32 × 32 pixels, curves of 14 paddles, five
    /// distractors of 4.
    public static Pathfinder standard() {
        return of(32, 14);
    }

    /// The same in another size, with curves of another length: a third as long are the
    /// distractors, which have 20 paddles in a picture of 32 × 32 and as many an area in a larger
    /// one.
    public static Pathfinder of(int size, int contour) {
        int length = Math.max(1, contour / 3);
        int paddles = 20 * size * size / (32 * 32);
        return new Pathfinder(size, contour, 7 * size / 32, paddles / length, length, 1.0);
    }

    @Override
    public int vocabulary() {
        return 256;
    }

    @Override
    public int classes() {
        return 2;
    }

    @Override
    public int longest() {
        return size * size;
    }

    @Override
    public Classified draw(RandomStream random) {
        return scene(random).example();
    }

    /// What a picture is made of.
    ///
    /// @param lines all curves
    /// @param curves the two long ones
    /// @param origin which of them has a disc at its origin
    /// @param tip which of them has a disc at its tip
    record Scene(Canvas lines, List<Snake> curves, int origin, int tip) {
        int label() {
            return origin == tip ? 1 : 0;
        }

        /// The same curves with the origin's disc on the other.
        Scene swapped() {
            return new Scene(lines, curves, 1 - origin, tip);
        }

        Classified example() {
            Canvas picture = lines.copy();
            picture.add(disc(curves.get(origin).origin()));
            picture.add(disc(curves.get(tip).tip()));
            double white = picture.most();
            int size = picture.size();
            int[] tokens = new int[size * size];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (int) Math.round(255 * picture.at(i / size, i % size) / white);
            }
            return new Classified(tokens, label());
        }

        private Canvas disc(int[] centre) {
            int fine = lines.size() * FINE;
            double[] drawn = new double[fine * fine];
            double r = RADIUS * FINE;
            for (int y = 0; y < fine; y++) {
                for (int x = 0; x < fine; x++) {
                    int dy = y - centre[0] * FINE;
                    int dx = x - centre[1] * FINE;
                    drawn[y * fine + x] = dy * dy + dx * dx <= r * r ? 1 : 0;
                }
            }
            double[] small = Lanczos.shrink(drawn, fine, lines.size());
            Canvas disc = new Canvas(lines.size());
            for (int i = 0; i < small.length; i++) {
                disc.raise(i / lines.size(), i % lines.size(), small[i]);
            }
            return disc;
        }
    }

    Scene scene(RandomStream random) {
        int label = random.nextInt(2);
        for (int start = 0; start < STARTS; start++) {
            Canvas taken = new Canvas(size);
            taken.frame(PADDING);
            Optional<List<Snake>> pair = pair(taken, random);
            if (pair.isPresent()) {
                Canvas lines = new Canvas(size);
                pair.get().forEach(s -> lines.add(s.lines()));
                distract(lines, taken, random);
                int origin = random.nextInt(2);
                return new Scene(lines, pair.get(), origin, label == 1 ? origin : 1 - origin);
            }
        }
        throw new IllegalArgumentException(
                "two curves of "
                        + contour
                        + " paddles never fitted into "
                        + size
                        + " x "
                        + size
                        + " pixels; ask for shorter curves or a larger picture");
    }

    /// The two long curves; their room is taken afterwards.
    private Optional<List<Snake>> pair(Canvas taken, RandomStream random) {
        Canvas edges = taken.copy();
        edges.frame(2 * seedDistance);
        Optional<Snake> first = start(edges, LONG, random);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Optional<Snake> second = second(first.get().origin(), random);
        if (second.isEmpty()) {
            return Optional.empty();
        }
        List<Snake> both = List.of(first.get(), second.get());
        for (int i = 1; i < contour; i++) {
            for (int s = 0; s < 2; s++) {
                Canvas seen = taken.copy();
                seen.add(both.get(1 - s).last());
                Canvas before = both.get(s).last();
                if (!both.get(s).extend(seen, continuity, random)) {
                    return Optional.empty();
                }
                taken.add(before);
            }
        }
        both.forEach(s -> taken.add(s.last()));
        return Optional.of(both);
    }

    /// A first paddle of any direction, where one has room.
    private Optional<Snake> start(Canvas taken, double brightness, RandomStream random) {
        for (int trial = 0; trial < TRIALS; trial++) {
            double direction = Math.toRadians(random.nextInt(-180, 180));
            List<int[]> free = Snake.starts(taken, direction);
            if (free.isEmpty()) {
                return Optional.empty();
            }
            int[] tail = free.get(random.nextInt(free.size()));
            Optional<Snake> snake = Snake.at(size, tail, direction, brightness);
            if (snake.isPresent()) {
                return snake;
            }
        }
        return Optional.empty();
    }

    private Optional<Snake> second(int[] first, RandomStream random) {
        for (int trial = 0; trial < TRIALS; trial++) {
            double direction = Math.toRadians(random.nextInt(-180, 180));
            double away = Math.toRadians(random.nextInt(360));
            int[] tail = {
                (int) Math.rint(first[0] + seedDistance * Math.sin(away)),
                (int) Math.rint(first[1] + seedDistance * Math.cos(away))
            };
            Optional<Snake> snake = Snake.at(size, tail, direction, LONG);
            if (snake.isPresent()) {
                return snake;
            }
        }
        return Optional.empty();
    }

    private void distract(Canvas lines, Canvas taken, RandomStream random) {
        for (int i = 0; i < distractors; i++) {
            boolean done = false;
            for (int trial = 0; trial < SNAKE_TRIALS && !done; trial++) {
                done = distractor(lines, taken, random);
            }
        }
    }

    private boolean distractor(Canvas lines, Canvas taken, RandomStream random) {
        if (taken.freeShare() < FULL) {
            return false;
        }
        Optional<Snake> snake = start(taken, SHORT, random);
        Canvas seen = taken.copy();
        for (int i = 1; snake.isPresent() && i < distractorLength; i++) {
            Canvas before = snake.get().last();
            if (!snake.get().extend(seen, continuity, random)) {
                return false;
            }
            seen.add(before);
        }
        snake.ifPresent(s -> {
            lines.add(s.lines());
            taken.add(s.rooms());
        });
        return snake.isPresent();
    }

    @Override
    public List<Guess> guesses() {
        return List.of(new Guess("a class at random", 0.5));
    }
}
