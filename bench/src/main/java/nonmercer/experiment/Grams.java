package nonmercer.experiment;

import java.util.List;
import java.util.Locale;
import nonmercer.array.Array;
import nonmercer.array.Shape;

/// Texts as vectors: counts of their runs of three characters, hashed to a fixed number of signed
/// places and scaled to length 1.
///
/// No vocabulary is learnt, so a text has the same vector in training and in a test.
final class Grams {
    private static final int LENGTH = 3;

    private Grams() {}

    /// A row a text, `[texts, places]`.
    static Array vectors(List<String> texts, int places) {
        double[] all = new double[texts.size() * places];
        for (int i = 0; i < texts.size(); i++) {
            String text = " " + texts.get(i).toLowerCase(Locale.ROOT) + " ";
            for (int c = 0; c + LENGTH <= text.length(); c++) {
                int hash = mixed(text.substring(c, c + LENGTH).hashCode());
                all[i * places + (hash >>> 1) % places] += (hash & 1) == 0 ? 1 : -1;
            }
            scale(all, i * places, places);
        }
        return Array.of(Shape.of(texts.size(), places), all);
    }

    /// The finaliser of MurmurHash3: every bit depends on every other.
    private static int mixed(int h) {
        int x = (h ^ h >>> 16) * 0x85ebca6b;
        x = (x ^ x >>> 13) * 0xc2b2ae35;
        return x ^ x >>> 16;
    }

    private static void scale(double[] all, int from, int count) {
        double squares = 0;
        for (int k = from; k < from + count; k++) {
            squares += all[k] * all[k];
        }
        for (int k = from; k < from + count && squares > 0; k++) {
            all[k] /= Math.sqrt(squares);
        }
    }
}
