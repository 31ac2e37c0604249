package nonmercer.experiment;

import java.util.Locale;

/// What the page of the experiment on learned kernels says.
final class LearnWords {
    static final String HEAD =
            """
            # Learned kernels

            `./nonmercer experiment learn` trains, measures, and writes this page from `learned-kernels.jsonl`, one line a training or
            measurement; `--help` shows how to do a part of it.

            Chowdhury et al. (2022), "On Learning the Transformer Kernel", learn the kernel of attention through the distribution of
            its random features, in time linear in the number of tokens: three distributions (a Gaussian a head, Fastfood with trained
            diagonals, a small network from noise to frequencies), each with cosines and sines (RKS) or positive features (PRF). Here
            all six stand beside themselves with the distribution fixed as it starts, beside features of a given kernel (FAVOR+, elu+1),
            exact softmax attention, exact softmax attention with a learned diagonal metric, and the plain mean of the values. Feature
            maps have as many features as fit into one budget.
            """;

    static final String RULE =
            """

            ## How it is decided

            Within a task and a seed the runs share examples, initial weights of what they have in common, order of the batches and
            schedule, so variants are compared seed by seed, each interval Student's of 95 % for the mean difference over the seeds. With
            three seeds it is 4.3 standard errors wide to either side, and 2 out of 8 sign patterns of three differences are as extreme as
            all equal: little can be told but what is large. Before the first run these rules were fixed: *keeps up* or *comparable* means
            that the whole interval lies above -0.02; the claim does not hold if one lies wholly below; else it cannot be told. The choice
            of the kernel *matters* if more than half of the variance around the means of the seeds lies between variants and exchanging
            variants within each seed gives as much with a probability of at most 0.01. A cost is *comparable* up to twice that of FAVOR+.
            *Linear* means at most 5 times the time and memory for 4 times the tokens, *quadratic* at least 12 times the time.
            """;

    static final String SPECTRA =
            """

            ## Learned spectra, before and after

            Of the first seed, all blocks and heads together. Of RKS variants the kernel itself is shown, the mean of `cos(r ω·u)` over
            frequencies ω and random unit vectors u: 1 at all distances means that all keys weigh the same. Of PRF variants the lengths
            of the frequencies, sorted; those of `N(0, I)` are near the root of the width of a head.
            """;

    static final String ERRORS =
            """

            ## Error against time

            One forward pass of 4 heads of 64 coordinates, 512 queries and keys drawn from a normal distribution, 16 to 256 features, 5
            draws of each map; `./nonmercer approximate` shows all maps, at other sizes and on queries and keys of trained models. The
            error is `Σⱼ |aᵢⱼ - âᵢⱼ|`, the mean over rows. A map above the constant is worse than taking the plain mean of the values.

            """;

    static final String COSTS =
            """

            ## Time and memory against length

            Forward and backward pass of one attention of 8 heads of 64 coordinates in float32, 128 features, without the projections.
            Medians of five calls in buffers that are used again; memory is that of the buffers, what a training step needs for both.

            """;

    static final String TAIL =
            """

            ## What limits this

            - The tasks are small, trainings are short, and sizes, schedules and rates were chosen for exact softmax attention; no variant
              was tuned. The paper trains for hours on sequences of thousands of tokens, so its tables are not repeated here.
            - Lengths of data and training were chosen so that exact softmax learns with the first seed, and all trainings fit into an
              hour; only exact softmax was looked at.
            - The sequences of the tasks have hardly more tokens than a head has features: there linear attention saves nothing, and the
              seconds of training, which the results hold and this page does not, were taken beside other work.
            - The learned laws start as released: Fastfood and GMM-RKS with frequencies near zero, so that attention starts as a mean.
              Their fixed twins stay there.
            - The paper's GMM has one component a head as released, and so it has here.
            - Noise is drawn once for a training and its evaluation; the released code draws it at every step, at evaluation too.
            - The best of six is picked by the results that it is judged by, which favours it.
            - The intervals are for these tasks and sizes, over seeds of examples, weights and noise together.
            """;

    private LearnWords() {}

    static String title(LearnTask task) {
        return switch (task) {
            case MQAR -> "Multi-query associative recall";
            case NEEDLE -> "A needle in bytes";
            case LISTOPS -> "ListOps of three levels";
            case LONG_LISTOPS -> "ListOps of the Long Range Arena";
        };
    }

    /// What was trained, in a paragraph.
    static String setting(LearnTask task) {
        Effort e = task.effort();
        String what =
                switch (task) {
                    case MQAR ->
                            "Pairs of keys and values, then keys whose values are asked; 3 pairs in 12 tokens.";
                    case NEEDLE ->
                            "One byte among 32 is marked; the next says which of 10 classes.";
                    case LISTOPS ->
                            "Nested expressions of 8 to 32 tokens over MIN, MAX, MED and SM.";
                    case LONG_LISTOPS ->
                            "Expressions of 501 to 1999 tokens, read once, by a few variants and one seed: this shows that it"
                                    + " runs. So short a training does not reach what the root's operator alone tells.";
                };
        return what
                + " The model: "
                + task.size()
                + ", heads of width "
                + task.headWidth()
                + String.format(
                        Locale.ROOT,
                        "; %,d examples, %d %s, %,d to test.",
                        e.train(),
                        e.epochs(),
                        e.epochs() == 1 ? "epoch" : "epochs",
                        e.test());
    }
}
