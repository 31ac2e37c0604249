package nonmercer.bench;

import java.util.List;
import java.util.function.Supplier;
import nonmercer.array.DType;
import nonmercer.random.RandomStream;

/// What stands at both ends of a language model, for a vocabulary of 4,096 tokens, in float32.
record EmbeddingSuite() implements Suite {
    private static final int VOCABULARY = 4096;
    private static final int WIDTH = 512;
    private static final int TOKENS = 4096;
    private static final int ROWS = 2048;

    @Override
    public String name() {
        return "embedding";
    }

    @Override
    public String about() {
        return "embedding and cross-entropy over a vocabulary";
    }

    @Override
    public List<Case> cases() {
        int bytes = TOKENS * WIDTH * DType.FLOAT32.bytes();
        return List.of(
                rows("gather", bytes, EmbeddingSuite::gather),
                rows("scatter-add", bytes, EmbeddingSuite::scatterAdd),
                crossEntropy());
    }

    /// A row is read and a row written for each token: a sum is written once if it is made in one
    /// go.
    private static Case rows(String work, int bytes, Supplier<Task> task) {
        return new Case(
                "embedding",
                work,
                Suites.params("tokens", TOKENS, "vocabulary", VOCABULARY, "d", WIDTH),
                DType.FLOAT32,
                new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes)),
                () -> Case.Contest.of(task.get()));
    }

    private static Task gather() {
        return new Task.Gather(
                Suites.random("table", DType.FLOAT32, VOCABULARY, WIDTH), tokens(TOKENS));
    }

    private static Task scatterAdd() {
        return new Task.ScatterAdd(
                Suites.random("x", DType.FLOAT32, TOKENS, WIDTH), tokens(TOKENS), VOCABULARY);
    }

    /// At least the logits are read and their gradient written.
    private static Case crossEntropy() {
        int bytes = ROWS * VOCABULARY * DType.FLOAT32.bytes();
        return new Case(
                "embedding",
                "cross-entropy",
                Suites.params("tokens", ROWS, "vocabulary", VOCABULARY, "pass", "forward+backward"),
                DType.FLOAT32,
                new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes)),
                () ->
                        Case.Contest.of(
                                new Task.CrossEntropy(
                                        Suites.random("x", DType.FLOAT32, ROWS, VOCABULARY),
                                        tokens(ROWS))));
    }

    /// Uniform over the vocabulary.
    private static int[] tokens(int n) {
        return RandomStream.of(1).at("tokens").ints(n, 0, VOCABULARY).toArray();
    }
}
