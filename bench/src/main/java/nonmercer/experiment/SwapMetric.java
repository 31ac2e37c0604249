package nonmercer.experiment;

/// What a swap is judged by, with the margin below which a difference counts as none. The margins
/// were fixed before the first run.
public enum SwapMetric {
    /// The share of the test texts that are labelled right.
    ACCURACY("accuracy", 0.02, 3),
    /// BLEU of greedy translations of the test pairs.
    BLEU("BLEU", 2, 1),
    /// The share of the test pairs' target tokens that are likeliest given those before.
    TOKEN_ACCURACY("token accuracy", 0.02, 3);

    private final String words;
    private final double margin;
    private final int digits;

    SwapMetric(String words, double margin, int digits) {
        this.words = words;
        this.margin = margin;
        this.digits = digits;
    }

    /// Two kernels whose scores differ by less are equivalent.
    public double margin() {
        return margin;
    }

    /// Its name.
    public String words() {
        return words;
    }

    String key() {
        return words.replace(" ", "");
    }

    /// A score, with the digits that mean something.
    public String print(double score) {
        return String.format(java.util.Locale.ROOT, "%." + digits + "f", score);
    }

    /// A difference, with its sign.
    public String printSigned(double difference) {
        return String.format(java.util.Locale.ROOT, "%+." + digits + "f", difference);
    }
}
