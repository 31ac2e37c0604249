package nonmercer.bench;

import java.util.List;
import java.util.Map;
import nonmercer.array.DType;
import nonmercer.attention.Attention;
import nonmercer.kernel.ExpDot;
import nonmercer.layer.Activation;
import nonmercer.layer.EncoderBlock;
import nonmercer.layer.FeedForward;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Norm;
import nonmercer.layer.Placement;
import nonmercer.random.RandomStream;

/// What training consists of, in float32.
record TrainSuite() implements Suite {
    private static final int BATCH = 4;
    private static final int LENGTH = 512;
    private static final int WIDTH = 512;
    private static final int HEADS = 8;
    private static final int HIDDEN = 2048;
    private static final int PARAMETERS = 10_000_000;

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String about() {
        return "a layer forward and backward, the optimiser, a whole step";
    }

    @Override
    public List<Case> cases() {
        return List.of(encoder(), adamW(), step(), heap());
    }

    /// Counted are the products: for each token 8d² for the projections of the attention, 4·L·d for
    /// its scores and their use, 4·d·hidden for the feed-forward layer; twice that again backward.
    private static Case encoder() {
        double d = WIDTH;
        double forward = BATCH * LENGTH * (8 * d * d + 4 * LENGTH * d + 4 * d * HIDDEN);
        Map<String, Object> params =
                Suites.params(
                        "batch",
                        BATCH,
                        "L",
                        LENGTH,
                        "d",
                        WIDTH,
                        "heads",
                        HEADS,
                        "feedForward",
                        HIDDEN,
                        "kernel",
                        "ExpDot",
                        "pass",
                        "forward+backward");
        return new Case(
                "train",
                "encoder layer",
                params,
                DType.FLOAT32,
                new Case.Amount(3 * forward, new Limit.Arithmetic(DType.FLOAT32)),
                () ->
                        Case.Contest.of(
                                new Task.Encoder(
                                        block(WIDTH, HEADS, HIDDEN),
                                        Suites.random("x", DType.FLOAT32, BATCH, LENGTH, WIDTH),
                                        Suites.random("g", DType.FLOAT32, BATCH, LENGTH, WIDTH))));
    }

    /// A block of a fresh encoder, without dropout.
    static EncoderBlock block(int d, int heads, int hidden) {
        RandomStream random = RandomStream.of(1);
        DType dtype = DType.FLOAT32;
        return new EncoderBlock(
                Norm.Kind.LAYER.create(d, dtype),
                MultiHeadAttention.create(
                        random.at("attention"), d, heads, Attention.of(new ExpDot()), dtype),
                Norm.Kind.LAYER.create(d, dtype),
                FeedForward.create(random.at("feedForward"), d, hidden, Activation.GELU, 0, dtype),
                Placement.PRE,
                0);
    }

    /// The parameters, their gradients and two moments are read, all but the gradients written.
    private static Case adamW() {
        int bytes = PARAMETERS * DType.FLOAT32.bytes();
        return new Case(
                "train",
                "AdamW step",
                Suites.params("n", PARAMETERS),
                DType.FLOAT32,
                new Case.Amount(7.0 * bytes, new Limit.Updates(bytes)),
                () ->
                        Case.Contest.of(
                                new Task.AdamW(
                                        Suites.random("p", DType.FLOAT32, PARAMETERS),
                                        Suites.random("g", DType.FLOAT32, PARAMETERS),
                                        1e-3,
                                        0.01)));
    }

    private static Case step() {
        return new Case(
                "train",
                "translate step",
                TranslateStep.params(),
                DType.FLOAT32,
                new Case.Amount(1e9, new Limit.Operations()), // whole steps, not 10⁹ of them
                () -> contest(new TranslateStep()));
    }

    private static Case heap() {
        return new Case(
                "train",
                "translate step, allocated",
                TranslateStep.params(),
                DType.FLOAT32,
                new Case.Amount(1, new Limit.Heap()),
                () -> contest(new TranslateStep()));
    }

    private static Case.Contest contest(TranslateStep step) {
        return new Case.Contest(step::run, () -> {}, List.of());
    }
}
