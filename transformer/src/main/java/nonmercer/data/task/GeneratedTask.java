package nonmercer.data.task;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nonmercer.data.Split;
import nonmercer.random.RandomStream;

/// A task whose examples are drawn.
///
/// ```java
/// ListOps task = ListOps.longRange();
/// Split<Classified> data = task.split(96_000, 2_000, 2_000, RandomStream.of(1));
/// ```
///
/// @param <E> what an example asks: [Classified] or [Answered]
public sealed interface GeneratedTask<E extends Example> permits ClassTask, AnswerTask {
    /// The number of different tokens: they are `0 … vocabulary - 1`.
    int vocabulary();

    /// The most tokens a sequence has.
    int longest();

    /// One example; the same stream gives the same example.
    E draw(RandomStream random);

    /// What is reached without solving the task.
    List<Guess> guesses();

    /// Examples in three parts, no sequence twice. Example `i` is drawn from `random.at(i)`; one
    /// whose tokens came before is left out.
    ///
    /// @throws IllegalArgumentException if the task has too few different sequences
    default Split<E> split(int train, int validation, int test, RandomStream random) {
        int wanted = Math.addExact(Math.addExact(train, validation), test);
        List<E> examples = new ArrayList<>(wanted);
        Set<IntBuffer> seen = new HashSet<>();
        int last = 0; // the place of the last new one
        for (int i = 0; examples.size() < wanted; i++) {
            E example = draw(random.at(i));
            if (seen.add(IntBuffer.wrap(example.tokens()))) {
                examples.add(example);
                last = i;
            } else if (i - last >= 1000) {
                throw new IllegalArgumentException(
                        "found only "
                                + examples.size()
                                + " different sequences of the "
                                + wanted
                                + " wanted; ask for fewer, or for longer ones");
            }
        }
        return new Split<>(
                examples.subList(0, train),
                examples.subList(train, train + validation),
                examples.subList(train + validation, wanted));
    }
}
