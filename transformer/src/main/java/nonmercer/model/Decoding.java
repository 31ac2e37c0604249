package nonmercer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;

/// How a sentence is read off an encoder-decoder: beam search, of which greedy decoding is the case
/// of one beam.
///
/// A hypothesis of `t` tokens and log-probability `s` is ranked by `s / ((5 + t) / 6)^penalty` (Wu
/// et al. 2016, eq. 14).
///
/// @param beams hypotheses kept a sentence, at least 1
/// @param penalty the length penalty's exponent; 0 ranks by probability alone
/// @param longest the most tokens written
public record Decoding(int beams, double penalty, int longest) {
    /// Refuses what cannot work.
    public Decoding {
        if (beams < 1 || longest < 1 || !(penalty >= 0)) {
            throw new IllegalArgumentException(
                    "decoding needs at least one beam, one token and a penalty of 0 or "
                            + "more, got "
                            + beams
                            + ", "
                            + longest
                            + " and "
                            + penalty);
        }
    }

    /// The likeliest token at each step.
    public static Decoding greedy(int longest) {
        return new Decoding(1, 0, longest);
    }

    /// Beam search with the length penalty 0.6 of the Transformer (Vaswani et al. 2017, section
    /// 6.1).
    public static Decoding beam(int beams, int longest) {
        return new Decoding(beams, 0.6, longest);
    }

    /// Writes a sentence for each source, without the marks.
    ///
    /// @param begin the token that starts a sentence
    /// @param end the token that ends one
    public List<int[]> decode(EncoderDecoder model, Tokens source, int begin, int end) {
        Tensor memory = model.memory(source, Pass.evaluation());
        List<Search> searches = new ArrayList<>();
        for (int b = 0; b < source.batch(); b++) {
            searches.add(new Search(b, begin, end));
        }
        for (int t = 1; t <= longest; t++) {
            List<Search> open = searches.stream().filter(s -> !s.live.isEmpty()).toList();
            if (open.isEmpty()) {
                break;
            }
            advance(model, memory, source, open);
        }
        return searches.stream().map(Search::best).toList();
    }

    private void advance(EncoderDecoder model, Tensor memory, Tokens source, List<Search> open) {
        List<int[]> prefixes = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (Search s : open) {
            for (Hypothesis h : s.live) {
                prefixes.add(h.tokens);
                rows.add(s.sentence);
            }
        }
        int[] index = rows.stream().mapToInt(Integer::intValue).toArray();
        Tokens target = Tokens.padded(prefixes, 0);
        Tensor repeated =
                memory.reshape(memory.dim(0), memory.dim(1) * memory.dim(2))
                        .gather(index)
                        .reshape(index.length, memory.dim(1), memory.dim(2));
        Pass pass = Pass.evaluation();
        Tensor decoded = model.decode(repeated, pick(source, index), target, pass);
        Tensor last = decoded.slice(1, target.length() - 1, target.length());
        Array logits = model.logits(last.reshape(index.length, decoded.dim(-1)), pass).value();
        int from = 0;
        for (Search s : open) {
            from = s.advance(logits, from, this);
        }
    }

    private static Tokens pick(Tokens source, int[] index) {
        int n = source.length();
        int[] ids = new int[index.length * n];
        int[] lengths = new int[index.length];
        for (int i = 0; i < index.length; i++) {
            System.arraycopy(source.ids(), index[i] * n, ids, i * n, n);
            lengths[i] = source.lengths()[index[i]];
        }
        return new Tokens(ids, index.length, n, lengths);
    }

    private double rank(double logProbability, int tokens) {
        return logProbability / Math.pow((5.0 + tokens) / 6, penalty);
    }

    private record Hypothesis(int[] tokens, double logProbability, double rank) {}

    /// The search for one sentence: live hypotheses, all of one length, and ended ones.
    private static final class Search {
        private static final Comparator<Hypothesis> BEST_FIRST =
                Comparator.comparingDouble(Hypothesis::rank).reversed();

        private final int sentence;
        private final int end;
        private List<Hypothesis> live;
        private final List<Hypothesis> ended = new ArrayList<>();

        Search(int sentence, int begin, int end) {
            this.sentence = sentence;
            this.end = end;
            this.live = List.of(new Hypothesis(new int[] {begin}, 0, 0));
        }

        /// Extends each live hypothesis by its likeliest tokens; returns the row after this
        /// search's rows.
        int advance(Array logits, int from, Decoding how) {
            int vocabulary = logits.dim(1);
            List<Hypothesis> next = new ArrayList<>();
            for (int i = 0; i < live.size(); i++) {
                Hypothesis h = live.get(i);
                int base = (from + i) * vocabulary;
                double logSum = logSumExp(logits, base, vocabulary);
                for (int token : largest(logits, base, vocabulary, how.beams + 1)) {
                    double s = h.logProbability + logits.at(base + token) - logSum;
                    int[] tokens = Arrays.copyOf(h.tokens, h.tokens.length + 1);
                    tokens[h.tokens.length] = token;
                    next.add(new Hypothesis(tokens, s, how.rank(s, h.tokens.length)));
                }
            }
            int used = from + live.size();
            next.sort(BEST_FIRST);
            List<Hypothesis> kept = new ArrayList<>();
            for (int place = 0; place < next.size() && kept.size() < how.beams; place++) {
                Hypothesis h = next.get(place);
                if (h.tokens[h.tokens.length - 1] != end) {
                    kept.add(h);
                } else if (place < how.beams) {
                    ended.add(h);
                }
            }
            live = ended.size() >= how.beams ? List.of() : kept;
            return used;
        }

        /// The best that ended, or, if none did in time, the best that goes on.
        int[] best() {
            List<Hypothesis> all = new ArrayList<>(ended.isEmpty() ? live : ended);
            all.sort(BEST_FIRST);
            int[] tokens = all.getFirst().tokens;
            int to = tokens[tokens.length - 1] == end ? tokens.length - 1 : tokens.length;
            return Arrays.copyOfRange(tokens, 1, to);
        }
    }

    private static double logSumExp(Array a, int base, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            max = Math.max(max, a.at(base + i));
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(a.at(base + i) - max);
        }
        return max + Math.log(sum);
    }

    /// The positions of the `count` largest, largest first; the lower position first among equals.
    private static int[] largest(Array a, int base, int n, int count) {
        int[] best = new int[Math.min(count, n)];
        int found = 0;
        for (int i = 0; i < n; i++) {
            double v = a.at(base + i);
            int place = found;
            while (place > 0 && v > a.at(base + best[place - 1])) {
                place--;
            }
            if (place < best.length) {
                int move = Math.min(found, best.length - 1);
                System.arraycopy(best, place, best, place + 1, move - place);
                best[place] = i;
                found = Math.min(found + 1, best.length);
            }
        }
        return best;
    }
}
