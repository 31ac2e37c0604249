package nonmercer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import nonmercer.io.BadInputException;

/// Labelled texts, grouped by near-duplicates.
///
/// @param name where the texts come from, for a report
/// @param items the texts, each with its label and group
/// @param labels the distinct labels, ascending; a label's number is its place here
public record LabelledCorpus(String name, List<Labelled> items, List<String> labels) {
    /// The label of modules too small to be a class of their own.
    public static final String OTHER = "other";

    /// The fewest messages a module needs to be a class of its own.
    public static final int SMALLEST_MODULE = 100;

    /// Copies the lists.
    public LabelledCorpus {
        items = List.copyOf(items);
        labels = List.copyOf(labels);
    }

    /// The English messages of the running JDK, labelled with the module they come from.
    ///
    /// A text occurs once, with the first module (in alphabetical order) that has it. Modules with
    /// fewer than [#SMALLEST_MODULE] texts form the class [#OTHER].
    ///
    /// @throws BadInputException if the runtime lacks a module of the corpus
    public static LabelledCorpus ofJdk() {
        Map<String, String> moduleOf = new LinkedHashMap<>();
        JdkMessages.english().forEach(m -> moduleOf.putIfAbsent(m.text(), m.module()));
        Map<String, Integer> sizes = new TreeMap<>();
        moduleOf.values().forEach(m -> sizes.merge(m, 1, Integer::sum));
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        moduleOf.forEach((text, module) -> {
            texts.add(text);
            labels.add(sizes.getOrDefault(module, 0) < SMALLEST_MODULE ? OTHER : module);
        });
        return of("English messages of JDK " + Runtime.version(), texts, labels);
    }

    /// A user's file: `label<TAB>text`, UTF-8, one a line; blank lines are skipped, repeated lines
    /// count once.
    ///
    /// @throws BadInputException naming the file and, where there is one, the line
    public static LabelledCorpus read(Path file) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        Set<DataFile.Row> seen = new HashSet<>();
        for (DataFile.Row row : DataFile.read(file, "label<TAB>text")) {
            if (seen.add(row)) {
                labels.add(row.first());
                texts.add(row.second());
            }
        }
        LabelledCorpus corpus = of(file.toString(), texts, labels);
        if (corpus.labels.size() < 2) {
            throw new BadInputException(
                    file
                            + ": every line has the label \""
                            + corpus.labels.getFirst()
                            + "\"; a classifier needs at least two labels");
        }
        return corpus;
    }

    /// A corpus of these texts and labels, grouped by near-duplicates.
    public static LabelledCorpus of(String name, List<String> texts, List<String> labels) {
        if (texts.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "a corpus needs one label a text: "
                            + texts.size()
                            + " texts, "
                            + labels.size()
                            + " labels");
        }
        int[] groups = NearDuplicates.groups(texts);
        List<Labelled> items = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            items.add(new Labelled(texts.get(i), labels.get(i), groups[i]));
        }
        return new LabelledCorpus(name, items, List.copyOf(new TreeSet<>(labels)));
    }

    /// The number of groups of near-duplicates.
    public int groups() {
        return (int) items.stream().mapToInt(Labelled::group).distinct().count();
    }

    /// The number of texts of each label, in the order of [#labels()].
    public int[] sizes() {
        int[] sizes = new int[labels.size()];
        items.forEach(i -> sizes[labels.indexOf(i.label())]++);
        return sizes;
    }

    /// Training, validation and test with near-duplicates on one side and every label at about its
    /// share.
    public Split<Labelled> split(Shares shares, RandomGenerator random) {
        return Split.byGroup(items, Labelled::group, Labelled::label, shares, random);
    }
}
