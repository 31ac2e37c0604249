package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nonmercer.data.Split;
import nonmercer.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of every generated task.
class GeneratedTaskTest {
    static Stream<GeneratedTask<?>> tasks() {
        return Stream.of(
                new ListOps(4, 10, 16, 64),
                Pathfinder.of(32, 6),
                new Mqar(32, 24, 4, 0.01, Mqar.Filler.RANDOM),
                new Copy(8, 5, 4),
                new SelectiveCopy(8, 4, 16),
                new Induction(8, 12),
                new Needle(32, 4),
                new Retrieval(12, 2, 16));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void anExampleIsAFunctionOfItsSeed(GeneratedTask<?> task) {
        Set<IntBuffer> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Example example = task.draw(RandomStream.of(1).at(i));
            assertEquals(example, task.draw(RandomStream.of(1).at(i)));
            assertEquals(example.hashCode(), task.draw(RandomStream.of(1).at(i)).hashCode());
            seen.add(IntBuffer.wrap(example.tokens()));
        }
        assertTrue(seen.size() > 10, "other seeds give other examples");
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void itsTokensAreInTheVocabularyAndItsSequencesNoLonger(GeneratedTask<?> task) {
        for (int i = 0; i < 50; i++) {
            Example example = task.draw(RandomStream.of(2).at(i));
            assertTrue(example.tokens().length <= task.longest());
            for (int t : example.tokens()) {
                assertTrue(t >= 0 && t < task.vocabulary());
            }
            switch (example) {
                case Classified c ->
                        assertTrue(c.label() >= 0 && c.label() < ((ClassTask) task).classes());
                case Answered a -> {
                    for (int answer : a.answers()) {
                        assertTrue(answer >= -1 && answer < task.vocabulary());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void noSequenceIsInTwoParts(GeneratedTask<?> task) {
        Split<? extends Example> data = task.split(40, 10, 20, RandomStream.of(3));
        assertEquals(
                List.of(40, 10, 20),
                List.of(data.train().size(), data.validation().size(), data.test().size()));
        Set<IntBuffer> seen = new HashSet<>();
        for (List<? extends Example> part : List.of(data.train(), data.validation(), data.test())) {
            part.forEach(e -> assertTrue(seen.add(IntBuffer.wrap(e.tokens()))));
        }
        assertEquals(data.train(), task.split(40, 10, 20, RandomStream.of(3)).train());
        assertNotEquals(data.train(), task.split(40, 10, 20, RandomStream.of(4)).train());
    }

    /// Answering with what each guess says, where a guess names one class or symbol in general:
    /// Hoeffding at 1e-9 for one answer of each of 5,000 sequences.
    @ParameterizedTest
    @MethodSource("tasks")
    void theFirstGuessIsRightAsOftenAsItSays(GeneratedTask<?> task) {
        assertFalse(task.guesses().isEmpty());
        int n = task instanceof Pathfinder ? 300 : 5000;
        RandomStream guesses = RandomStream.of(5).at("guesses");
        int right = 0;
        for (int i = 0; i < n; i++) {
            right += guess(task, task.draw(RandomStream.of(5).at(i)), guesses) ? 1 : 0;
        }
        assertEquals(
                task.guesses().getFirst().accuracy(), (double) right / n, Chance.hoeffding(n, 1));
    }

    private static boolean guess(GeneratedTask<?> task, Example example, RandomStream random) {
        return switch (example) {
            case Classified c -> c.label() == random.nextInt(((ClassTask) task).classes());
            case Answered a -> {
                int at = a.answers().length - 1;
                while (a.answers()[at] < 0) {
                    at--;
                }
                int guess =
                        switch (task) {
                            case Mqar m -> m.vocabulary() / 2 + random.nextInt(m.vocabulary() / 2);
                            case Copy k -> random.nextInt(k.symbols());
                            case SelectiveCopy k -> random.nextInt(k.symbols());
                            case Induction k ->
                                    (a.tokens()[at] + 1 + random.nextInt(k.vocabulary() - 1))
                                            % k.vocabulary();
                            default -> throw new AssertionError(task);
                        };
                yield guess == a.answers()[at];
            }
        };
    }
}
