package nonmercer.experiment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the page of the swap experiment says.
final class SwapWords {
    static final String HEAD =
            """
            # Swapped kernels

            `./nonmercer experiment swap` trains and writes this page from `swapped-kernels.jsonl`, one line a training; `--help`
            shows how to do a part of it.

            Wright & Gonzalez (2021) put other kernels into Transformers in the place of exp(q·k/√d) and concluded that the infinite
            dimension of that kernel is partly responsible for its performance. Here their five kernels are swapped in two smaller
            tasks, and between the infinite and the finite ones stands a ladder: `TaylorExp(p)`, the softmax kernel's own power series
            cut off after degree p. It differs from the softmax kernel in nothing but the terms it lacks, and has (d+p)!/(d! p!)
            features in heads of width d.

            """;
    static final String RULE =
            """
            ## How it is decided

            Within a task and a seed the runs share data, split, tokeniser, initial weights, order of the batches, dropout masks,
            schedule and number of parameters, so kernels are compared seed by seed. "95 % over seeds" is Student's interval of the mean
            difference over the seeds of training on one split of the data; "simultaneous" widens it so that the intervals of all kernels
            of a task hold together (Bonferroni); "95 % over texts" draws the test texts again (bootstrap), the trained models fixed.

            Before the first run these margins were fixed: 0.02 in accuracy, 2 in BLEU, 0.02 in token accuracy. By its simultaneous
            interval a kernel is *equivalent* (within the margin), else *worse* or *better* (off 0), else, or with fewer than five
            seeds, *undecided*. The sentence is read in two ways. Strictly, "infinitely many features do what finitely many do not": it holds if every polynomial is worse, does
            not hold if one keeps up to within the margin, and cannot be told otherwise. Loosely, "few features do worse": it is asked of
            the polynomial of the lowest degree.
            """;
    static final String TAIL =
            """

            ## What limits this

            - Schedule, size, dropout and vocabulary were chosen for the softmax kernel and no kernel was tuned, which favours `ExpDot`.
            - Models and texts are small, and there is one split a task. The intervals are for these.
            - The translators are trained so briefly that their BLEU is low and moves from seed to seed; token accuracy is the steadier of the
              two.
            - A polynomial lacks more than dimensions: of low degree it cannot make a key's weight small, and an even one grows again
              where q·k is very negative. A difference to the softmax kernel is not for the dimension alone.
            - A number of features above the number of tokens does not bound the rank of a matrix of weights: at head width 32 that is
              so from degree 2 on. In the narrow heads the lowest degrees are below it.
            - Polynomials of odd degree take negative values. Their rows are divided by the sum of the sizes of the weights
              (`Denominator.Absolute`), which for the positive even ones is the sum itself.
            """;

    private SwapWords() {}

    static String title(SwapTask task) {
        return switch (task) {
            case CLASSIFICATION -> "Classification";
            case NARROW -> "Classification in narrow heads";
            case TRANSLATION -> "Translation, English to German";
        };
    }

    /// What was trained, and how many parameters, in a paragraph.
    static String setting(SwapTask task, List<SwapRun> runs) {
        String parameters =
                runs.stream()
                        .filter(r -> r.failure().isEmpty())
                        .map(r -> String.format(Locale.ROOT, "%,d", r.parameters()))
                        .distinct()
                        .collect(Collectors.joining(" or "));
        String epochs =
                runs.stream()
                        .map(r -> Integer.toString(r.epochs()))
                        .distinct()
                        .collect(Collectors.joining(" or "));
        String what =
                switch (task) {
                    case CLASSIFICATION ->
                            "Which module does a message of the JDK come from? The data and settings of `compare`.";
                    case NARROW -> "The same task in many narrow heads, trained half as long.";
                    case TRANSLATION ->
                            "The JDK's messages, those of at most "
                                    + SwapTask.SHORT
                                    + " characters in both languages; the settings of `translate`, which trains for 40 epochs on longer ones. BLEU is that of greedy decoding.";
                };
        return what
                + " The model: "
                + task.size()
                + ", heads of width "
                + task.headWidth()
                + ", texts of at most "
                + task.longest()
                + " tokens; "
                + parameters
                + " parameters, "
                + epochs
                + " epochs.";
    }

    /// The answer to the sentence.
    ///
    /// @param worse what is worse than the softmax kernel though it has infinitely many features
    ///   too
    static String answer(List<Ladder> ladders, List<String> worse) {
        if (ladders.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        out.append(
                        "**Infinite dimension is partly responsible for the standard kernel's performance**: ")
                .append(together(ladders.stream().map(Ladder::infinite).toList()))
                .append(".\n\n")
                .append("**Kernels with few features do worse**: ")
                .append(together(ladders.stream().map(Ladder::few).toList()))
                .append(".\n\n")
                .append(
                        "| task | by | infinite dimension | few features | evidence: score less that of ExpDot |\n")
                .append("| --- | --- | --- | --- | --- |\n");
        for (Ladder l : ladders) {
            out.append("| ")
                    .append(title(l.task()))
                    .append(" | ")
                    .append(l.metric().words())
                    .append(" | ")
                    .append(l.infinite().words())
                    .append(" | ")
                    .append(l.few().words())
                    .append(" | ")
                    .append(l.evidence())
                    .append(" |\n");
        }
        if (!worse.isEmpty()) {
            out.append(
                            "\nInfinite dimension does not suffice. Worse, with infinitely many features too: ")
                    .append(String.join("; ", worse))
                    .append(".\n");
        }
        return out.append("\n").toString();
    }

    private static String together(List<Ladder.Answer> answers) {
        List<Ladder.Answer> distinct = answers.stream().distinct().toList();
        if (distinct.size() == 1) {
            return distinct.getFirst().words() + " here";
        }
        boolean holds = distinct.contains(Ladder.Answer.HOLDS);
        boolean not = distinct.contains(Ladder.Answer.DOES_NOT);
        return holds && not
                ? "holds in some tasks and not in others"
                : (holds ? "holds" : "does not hold")
                        + " where it can be told, and cannot be told in some tasks";
    }
}
