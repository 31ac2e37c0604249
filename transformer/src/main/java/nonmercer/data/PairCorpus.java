package nonmercer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import nonmercer.io.BadInputException;

/// Texts with their translations, grouped by near-duplicates among the sources.
///
/// @param name where the pairs come from, for a report
/// @param pairs the pairs, each with its group
public record PairCorpus(String name, List<Pair> pairs) {
    /// Copies the list.
    public PairCorpus {
        pairs = List.copyOf(pairs);
    }

    /// The messages of the running JDK in English and another language.
    ///
    /// @param language `de`, `ja` or `zh_CN`
    /// @throws BadInputException if the runtime lacks a module of the corpus, or is not translated
    ///   to the language
    public static PairCorpus ofJdk(String language) {
        List<DataFile.Row> rows =
                JdkMessages.parallel(language).stream()
                        .map(t -> new DataFile.Row(t.english().text(), t.other()))
                        .toList();
        return of("messages of JDK " + Runtime.version() + ", en to " + language, rows);
    }

    /// A user's file: `source<TAB>target`, UTF-8, one a line; blank lines are skipped, repeated
    /// lines count once.
    ///
    /// @throws BadInputException naming the file and, where there is one, the line
    public static PairCorpus read(Path file) {
        return of(file.toString(), DataFile.read(file, "source<TAB>target"));
    }

    /// The pairs whose two texts both have at most this many characters, with their groups.
    public PairCorpus upTo(int characters) {
        return new PairCorpus(
                name,
                pairs.stream()
                        .filter(p ->
                                p.source().length() <= characters
                                        && p.target().length() <= characters)
                        .toList());
    }

    /// The number of groups of near-duplicates.
    public int groups() {
        return (int) pairs.stream().mapToInt(Pair::group).distinct().count();
    }

    /// Training, validation and test with near-duplicate sources on one side.
    public Split<Pair> split(Shares shares, RandomGenerator random) {
        return Split.byGroup(pairs, Pair::group, p -> "", shares, random);
    }

    private static PairCorpus of(String name, List<DataFile.Row> rows) {
        List<DataFile.Row> unique = List.copyOf(new LinkedHashSet<>(rows));
        int[] groups = NearDuplicates.groups(unique.stream().map(DataFile.Row::first).toList());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            pairs.add(new Pair(unique.get(i).first(), unique.get(i).second(), groups[i]));
        }
        return new PairCorpus(name, pairs);
    }
}
