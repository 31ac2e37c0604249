package nonmercer.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nonmercer.data.Pair;

/// Translation by retrieval: the target of the training pair whose source is most similar.
///
/// Similarity is `|A ∩ B| / |A ∪ B|` of the sets of words and signs in lower case ([Terms#FOLDED]);
/// of equally similar sources the first counts. A text that shares nothing with any of them is
/// given back as it is. On the messages of the JDK this retrieves better than the cosine of tf-idf
/// vectors, or than words without signs.
public final class NearestNeighbour {
    private final List<Pair> pairs;
    private final int[] sizes; // of each source's set
    private final Map<String, List<Integer>> index =
            new HashMap<>(); // term -> the pairs whose sources have it

    private NearestNeighbour(List<Pair> pairs) {
        this.pairs = pairs;
        this.sizes = new int[pairs.size()];
        for (int i = 0; i < sizes.length; i++) {
            Set<String> terms = terms(pairs.get(i).source());
            sizes[i] = terms.size();
            for (String term : terms) {
                index.computeIfAbsent(term, t -> new ArrayList<>()).add(i);
            }
        }
    }

    /// Over these pairs.
    public static NearestNeighbour of(List<Pair> training) {
        return new NearestNeighbour(List.copyOf(training));
    }

    /// The target of the most similar source.
    public String translate(String source) {
        Set<String> terms = terms(source);
        int[] common = new int[sizes.length];
        for (String term : terms) {
            for (int i : index.getOrDefault(term, List.of())) {
                common[i]++;
            }
        }
        int best = -1;
        double most = 0;
        for (int i = 0; i < common.length; i++) {
            double similarity =
                    common[i] == 0 ? 0 : (double) common[i] / (sizes[i] + terms.size() - common[i]);
            if (similarity > most) {
                most = similarity;
                best = i;
            }
        }
        return best < 0 ? source : pairs.get(best).target();
    }

    private static Set<String> terms(String text) {
        return new HashSet<>(Terms.FOLDED.of(text));
    }
}
