package nonmercer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.layer.Tokens;

/// How a sentence is read off an encoder-decoder or a language model: beam search, of which greedy
/// decoding is the case of one beam. Keys and values of what was written are kept, so a token costs
/// the same however late it comes, but for the attention.
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
        Pass pass = Pass.evaluation();
        DecoderState state = model.start(model.memory(source, pass), source, pass);
        return search(
                next -> model.logits(model.read(next, state, pass), pass),
                state,
                source.batch(),
                begin,
                end);
    }

    /// Writes how the likeliest sentence goes on after a prompt, without the end mark.
    ///
    /// @param prompt at least one token, such as the one that starts a text
    /// @param end the token that ends one
    public int[] decode(LanguageModel model, int[] prompt, int end) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException(
                    "a language model goes on after at least one token; begin with a start mark");
        }
        Pass pass = Pass.evaluation();
        DecoderState state = model.start();
        int[] before = Arrays.copyOf(prompt, prompt.length - 1);
        if (before.length > 0) {
            model.read(tokens(1, before), state, pass);
        }
        return search(
                        next -> model.read(next, state, pass),
                        state,
                        1,
                        prompt[prompt.length - 1],
                        end)
                .getFirst();
    }

    private static Tokens tokens(int batch, int... ids) {
        int[] lengths = new int[batch];
        Arrays.fill(lengths, ids.length / batch);
        return new Tokens(ids, batch, ids.length / batch, lengths);
    }

    /// @param read scores of the token after the next one of each sequence, `[rows, 1, vocabulary]`
    private List<int[]> search(
            Function<Tokens, Tensor> read, DecoderState state, int sentences, int begin, int end) {
        List<Search> searches = new ArrayList<>();
        for (int b = 0; b < sentences; b++) {
            searches.add(new Search(b, begin, end));
        }
        int rows = sentences;
        for (int t = 1; t <= longest; t++) {
            List<Search> open = searches.stream().filter(s -> !s.live.isEmpty()).toList();
            if (open.isEmpty()) {
                break;
            }
            List<Hypothesis> live = open.stream().flatMap(s -> s.live.stream()).toList();
            int[] parents = live.stream().mapToInt(Hypothesis::row).toArray();
            if (!Arrays.equals(parents, IntStream.range(0, rows).toArray())) {
                state.pick(parents);
            }
            rows = parents.length;
            int[] last = live.stream().mapToInt(Hypothesis::last).toArray();
            Array logits = read.apply(tokens(rows, last)).value();
            int from = 0;
            for (Search s : open) {
                from = s.advance(logits, from, this);
            }
        }
        return searches.stream().map(Search::best).toList();
    }

    private double rank(double logProbability, int tokens) {
        return logProbability / Math.pow((5.0 + tokens) / 6, penalty);
    }

    /// @param row where in the batch it, but for its last token, was read
    private record Hypothesis(int[] tokens, double logProbability, double rank, int row) {
        int last() {
            return tokens[tokens.length - 1];
        }
    }

    /// The search for one sentence: live hypotheses, all of one length, and ended ones.
    private static final class Search {
        private static final Comparator<Hypothesis> BEST_FIRST =
                Comparator.comparingDouble(Hypothesis::rank).reversed();

        private final int end;
        private List<Hypothesis> live;
        private final List<Hypothesis> ended = new ArrayList<>();

        Search(int row, int begin, int end) {
            this.end = end;
            this.live = List.of(new Hypothesis(new int[] {begin}, 0, 0, row));
        }

        /// Extends each live hypothesis by its likeliest tokens; returns the row after this
        /// search's rows.
        int advance(Array logits, int from, Decoding how) {
            int vocabulary = logits.dim(-1);
            List<Hypothesis> next = new ArrayList<>();
            for (int i = 0; i < live.size(); i++) {
                Hypothesis h = live.get(i);
                int base = (from + i) * vocabulary;
                double logSum = logSumExp(logits, base, vocabulary);
                for (int token : largest(logits, base, vocabulary, how.beams + 1)) {
                    double s = h.logProbability + logits.at(base + token) - logSum;
                    int[] tokens = Arrays.copyOf(h.tokens, h.tokens.length + 1);
                    tokens[h.tokens.length] = token;
                    next.add(new Hypothesis(tokens, s, how.rank(s, h.tokens.length), from + i));
                }
            }
            int used = from + live.size();
            next.sort(BEST_FIRST);
            List<Hypothesis> kept = new ArrayList<>();
            for (int place = 0; place < next.size() && kept.size() < how.beams; place++) {
                Hypothesis h = next.get(place);
                if (h.last() != end) {
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
            int to = all.getFirst().last() == end ? tokens.length - 1 : tokens.length;
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
    static int[] largest(Array a, int base, int n, int count) {
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
