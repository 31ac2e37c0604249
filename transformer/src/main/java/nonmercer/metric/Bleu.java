package nonmercer.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// BLEU (Papineni et al. 2002) as sacrebleu defines it (Post 2018), so that scores compare with
/// published ones.
///
/// `BLEU = BP · exp(1/N · Σ log pₙ)`, n = 1 … N: `pₙ` is the share of the hypotheses' n-grams that
/// occur in the reference, each at most as often as there; `BP = min(1, exp(1 - r/c))` for `c`
/// tokens against `r` of the references. The counts are summed over the corpus before anything is
/// divided.
///
/// @param tokens how sentences are cut
/// @param smoothing what an order without a match counts as
/// @param order `N`, the longest n-grams
/// @param orders whether orders longer than every hypothesis count
public record Bleu(BleuTokens tokens, Smoothing smoothing, int order, Orders orders) {
    /// Which orders the mean is over.
    public enum Orders {
        /// All of them: without a single hypothesis of `N` tokens the score is 0.
        ALL,
        /// Those for which some hypothesis is long enough; meant for single sentences.
        EFFECTIVE
    }

    /// Checks the order.
    public Bleu {
        if (order < 1) {
            throw new IllegalArgumentException("bleu: the order must be at least 1, got " + order);
        }
    }

    /// sacrebleu's default of up to 4-grams, exponential smoothing and all orders, with these
    /// tokens.
    public static Bleu of(BleuTokens tokens) {
        return new Bleu(tokens, new Smoothing.Exponential(), 4, Orders.ALL);
    }

    /// The usual tokens for a language: characters for Japanese (which has no spaces, and whose
    /// word segmentation needs a dictionary), sacrebleu's `zh` for Chinese, `13a` for all others.
    ///
    /// @param language a language or locale, such as `de`, `ja` or `zh_CN`
    public static Bleu ofLanguage(String language) {
        return of(
                language.startsWith("ja")
                        ? BleuTokens.CHARACTERS
                        : language.startsWith("zh") ? BleuTokens.CHINESE : BleuTokens.MTEVAL_13A);
    }

    /// The score of these sentences, one reference each.
    public BleuScore score(List<String> hypotheses, List<String> references) {
        return scoreAll(hypotheses, references.stream().map(List::of).toList());
    }

    /// The score of these sentences, with one or more references for each.
    ///
    /// @param references for each hypothesis its references
    public BleuScore scoreAll(List<String> hypotheses, List<List<String>> references) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    "bleu: "
                            + hypotheses.size()
                            + " hypotheses for "
                            + references.size()
                            + " references");
        }
        double[] correct = new double[order];
        double[] total = new double[order];
        long hypothesisLength = 0;
        long referenceLength = 0;
        for (int i = 0; i < hypotheses.size(); i++) {
            List<String> hypothesis = tokens.of(hypotheses.get(i));
            Map<List<String>, Integer> most =
                    new HashMap<>(); // n-gram -> its count in the reference that has most
            int closest = -1;
            for (String text : references.get(i)) {
                List<String> reference = tokens.of(text);
                grams(reference).forEach((gram, count) -> most.merge(gram, count, Math::max));
                closest =
                        closest < 0
                                ? reference.size()
                                : closest(hypothesis.size(), closest, reference.size());
            }
            grams(hypothesis)
                    .forEach((gram, count) -> {
                        total[gram.size() - 1] += count;
                        correct[gram.size() - 1] += Math.min(count, most.getOrDefault(gram, 0));
                    });
            hypothesisLength += hypothesis.size();
            referenceLength += Math.max(0, closest);
        }
        return score(correct, total, hypothesisLength, referenceLength);
    }

    /// Of two reference lengths the one closer to the hypothesis, of equally close ones the
    /// shorter.
    private static int closest(int hypothesis, int a, int b) {
        int byDistance = Integer.compare(Math.abs(hypothesis - a), Math.abs(hypothesis - b));
        return byDistance < 0 || byDistance == 0 && a < b ? a : b;
    }

    private Map<List<String>, Integer> grams(List<String> sentence) {
        Map<List<String>, Integer> grams = new HashMap<>();
        for (int n = 1; n <= order; n++) {
            for (int i = 0; i + n <= sentence.size(); i++) {
                grams.merge(sentence.subList(i, i + n), 1, Integer::sum);
            }
        }
        return grams;
    }

    /// The score of these statistics: matches and n-grams of each order, tokens of hypotheses and
    /// references.
    BleuScore score(double[] matches, double[] total, long hypothesisLength, long referenceLength) {
        double[] precisions = new double[order];
        // Without a token of a hypothesis r/c is infinite and the penalty 0.
        double penalty =
                hypothesisLength >= referenceLength
                        ? 1
                        : Math.exp(1 - (double) referenceLength / hypothesisLength);
        double any = 0;
        for (double m : matches) {
            any += m;
        }
        if (any == 0) {
            return new BleuScore(0, precisions, penalty, hypothesisLength, referenceLength);
        }
        double halving = 1;
        int counted = order;
        for (int n = 1; n <= order; n++) {
            double added = smoothing instanceof Smoothing.AddK a && n > 1 ? a.k() : 0;
            double correct = matches[n - 1] + added;
            double of = total[n - 1] + added;
            if (of == 0) {
                break;
            }
            counted = orders == Orders.EFFECTIVE ? n : order;
            if (correct == 0) {
                halving /= 2;
                correct =
                        switch (smoothing) {
                            case Smoothing.Exponential _ -> halving;
                            case Smoothing.Floor f -> f.matches();
                            case Smoothing.None _, Smoothing.AddK _ -> 0;
                        };
            }
            precisions[n - 1] = 100 * correct / of;
        }
        double logs = 0;
        for (int n = 0; n < counted; n++) {
            logs += Math.log(precisions[n]); // -∞ for 0, so that the score is 0
        }
        double score = penalty * Math.exp(logs / counted);
        return new BleuScore(score, precisions, penalty, hypothesisLength, referenceLength);
    }

    /// What a score was computed with, in sacrebleu's words:
    /// `case:mixed|eff:no|tok:13a|smooth:exp`.
    public String signature() {
        String smooth =
                switch (smoothing) {
                    case Smoothing.None _ -> "none";
                    case Smoothing.Exponential _ -> "exp";
                    case Smoothing.Floor f -> "floor[" + f.matches() + "]";
                    case Smoothing.AddK a -> "add-k[" + a.k() + "]";
                };
        String effective = orders == Orders.EFFECTIVE ? "yes" : "no";
        return "case:mixed|eff:" + effective + "|tok:" + tokens.signature() + "|smooth:" + smooth;
    }
}
