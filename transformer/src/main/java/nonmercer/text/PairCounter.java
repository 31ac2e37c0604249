package nonmercer.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The counts of adjacent tokens while byte-pair merges are learned.
///
/// A merge reads only the pieces that hold its pair, and recounts only the neighbours of what it
/// replaces. A queue finds the most frequent pair; an entry whose count has fallen since is put
/// back with the count of today.
final class PairCounter {
    private record Piece(int[] tokens, int times) {}

    private record Entry(int count, long pair) {}

    private static final class Pair {
        int count;
        int[] pieces = new int[2]; // that hold the pair or once held it, some twice
        int size;

        void in(int piece) {
            if (size == 0 || pieces[size - 1] != piece) {
                pieces = size < pieces.length ? pieces : Arrays.copyOf(pieces, 2 * size);
                pieces[size++] = piece;
            }
        }
    }

    private final List<Piece> pieces = new ArrayList<>();
    private final Map<Long, Pair> pairs = new HashMap<>();
    private final List<Long> fresh = new ArrayList<>(); // pairs that have no entry in the queue yet

    /// The most frequent first; among equals the smaller left token, then the smaller right one.
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>((a, b) ->
                    a.count != b.count
                            ? Integer.compare(b.count, a.count)
                            : Long.compare(a.pair, b.pair));

    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /// Every occurrence of the pair, from the left, as one token.
    static int[] replace(int[] tokens, long pair, int token) {
        int[] out = new int[tokens.length];
        int n = 0;
        for (int k = 0; k < tokens.length; k++) {
            boolean found = k + 1 < tokens.length && pair(tokens[k], tokens[k + 1]) == pair;
            out[n++] = found ? token : tokens[k];
            k += found ? 1 : 0;
        }
        return Arrays.copyOf(out, n);
    }

    /// A piece of text as tokens, and how often it occurs.
    void add(int[] tokens, int times) {
        for (int k = 1; k < tokens.length; k++) {
            count(pair(tokens[k - 1], tokens[k]), times, pieces.size());
        }
        pieces.add(new Piece(tokens, times));
    }

    /// Replaces the most frequent pair by this token, and says which pair it was; -1 if none occurs
    /// twice.
    long merge(int token) {
        // Only a pair with the last token, which no piece held before, can be more frequent than
        // its entry says.
        fresh.forEach(pair -> queue.add(new Entry(found(pair).count, pair)));
        fresh.clear();
        while (!queue.isEmpty()) {
            Entry best = queue.remove();
            Pair pair = found(best.pair);
            if (pair.count < best.count) {
                queue.add(new Entry(pair.count, best.pair));
            } else if (best.count < 2) {
                return -1;
            } else {
                for (int i = 0; i < pair.size; i++) {
                    Piece piece = pieces.get(pair.pieces[i]);
                    recount(piece, best.pair, token, pair.pieces[i]);
                    pieces.set(
                            pair.pieces[i],
                            new Piece(replace(piece.tokens, best.pair, token), piece.times));
                }
                return best.pair;
            }
        }
        return -1;
    }

    /// `x l r y` becomes `x t y`: the pairs `x l`, `l r` and `r y` go, `x t` and `t y` come.
    private void recount(Piece piece, long pair, int token, int place) {
        int[] tokens = piece.tokens;
        int before = -1; // the token to the left, itself replaced where it was
        for (int k = 0; k < tokens.length; k++) {
            if (k + 1 < tokens.length && pair(tokens[k], tokens[k + 1]) == pair) {
                count(pair, -piece.times, place);
                if (before >= 0) {
                    count(pair(before, tokens[k]), -piece.times, place);
                    count(pair(before, token), piece.times, place);
                }
                if (k + 2 < tokens.length) {
                    count(pair(tokens[k + 1], tokens[k + 2]), -piece.times, place);
                    count(pair(token, tokens[k + 2]), piece.times, place);
                }
                before = token;
                k++;
            } else {
                before = tokens[k];
            }
        }
    }

    private void count(long pair, int times, int piece) {
        Pair p = pairs.get(pair);
        if (p == null) {
            p = new Pair();
            pairs.put(pair, p);
            fresh.add(pair);
        }
        p.count += times;
        if (times > 0) {
            p.in(piece);
        }
    }

    private Pair found(long pair) {
        Pair p = pairs.get(pair);
        if (p == null) {
            throw new IllegalStateException("the pair was never counted");
        }
        return p;
    }
}
