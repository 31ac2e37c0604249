package nonmercer.baseline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Texts as sparse vectors of the words of a training corpus; other words do not count.
final class WordVectors {
    /// The entries of a sparse vector that are not 0, by ascending place.
    record Sparse(int[] places, double[] values) {}

    private final Map<String, Integer> places = new HashMap<>();
    private final double[] idf;
    private final Terms terms;
    private final Weighting weighting;

    WordVectors(List<String> corpus, Terms terms, Weighting weighting) {
        this.terms = terms;
        this.weighting = weighting;
        Map<String, Integer> frequency = new TreeMap<>();
        for (String text : corpus) {
            terms.of(text).stream()
                    .distinct()
                    .forEach(word -> frequency.merge(word, 1, Integer::sum));
        }
        idf = new double[frequency.size()];
        frequency.forEach((word, df) -> {
            idf[places.size()] = Math.log((1.0 + corpus.size()) / (1.0 + df)) + 1;
            places.put(word, places.size());
        });
    }

    /// The number of words.
    int size() {
        return idf.length;
    }

    Sparse of(String text) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (String word : terms.of(text)) {
            Integer place = places.get(word);
            if (place != null) {
                counts.merge(place, 1, Integer::sum);
            }
        }
        Sparse row = new Sparse(new int[counts.size()], new double[counts.size()]);
        int n = 0;
        double squares = 0;
        for (var entry : counts.entrySet()) {
            row.places[n] = entry.getKey();
            row.values[n] =
                    switch (weighting) {
                        case COUNTS -> entry.getValue();
                        case TF_IDF -> entry.getValue() * idf[entry.getKey()];
                    };
            squares += row.values[n] * row.values[n];
            n++;
        }
        if (weighting == Weighting.TF_IDF && n > 0) {
            double length = Math.sqrt(squares);
            for (int k = 0; k < n; k++) {
                row.values[k] /= length;
            }
        }
        return row;
    }
}
