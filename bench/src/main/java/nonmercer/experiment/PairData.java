package nonmercer.experiment;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.data.Pair;
import nonmercer.data.PairCorpus;
import nonmercer.data.Shares;
import nonmercer.data.Split;
import nonmercer.io.BadInputException;
import nonmercer.machine.Responses;
import nonmercer.random.RandomStream;

/// A binary learning problem made of texts: what to fit and what to be tested on.
///
/// @param name where it comes from
/// @param x the queries to fit
/// @param y the keys to fit
/// @param train responses of them
/// @param testX the queries of the test
/// @param testY the keys of the test
/// @param test responses of those
/// @param matching whether query i belongs to key i, and to no other, in the test
public record PairData(
        String name,
        List<String> x,
        List<String> y,
        Responses train,
        List<String> testX,
        List<String> testY,
        Responses test,
        boolean matching) {
    private static final int MOST_CHARACTERS = 200;
    private static final double HELD_OUT = 0.2;

    /// Does this English message go with that translation? `+1` for a pair, `-1` for every other
    /// cross pair; near-duplicates are on one side of the split.
    ///
    /// @param fitted how many pairs to fit
    /// @param tested how many pairs to test on
    public static PairData matching(PairCorpus corpus, int fitted, int tested, long seed) {
        Split<Pair> split =
                corpus.upTo(MOST_CHARACTERS)
                        .split(Shares.DEFAULT, RandomStream.of(seed).at("split"));
        List<Pair> train = some(split.train(), fitted, seed);
        List<Pair> test = some(split.test(), tested, seed);
        return new PairData(
                corpus.name(),
                train.stream().map(Pair::source).toList(),
                train.stream().map(Pair::target).toList(),
                signs(train),
                test.stream().map(Pair::source).toList(),
                test.stream().map(Pair::target).toList(),
                signs(test),
                true);
    }

    private static List<Pair> some(List<Pair> all, int count, long seed) {
        int[] order = RandomStream.of(seed).at("some").permutation(all.size());
        List<Pair> some = new ArrayList<>();
        for (int i = 0; i < Math.min(count, order.length); i++) {
            some.add(all.get(order[i]));
        }
        return some;
    }

    /// A pair of equal texts elsewhere in the table counts as a match too.
    private static Responses signs(List<Pair> pairs) {
        int n = pairs.size();
        double[][] z = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean same =
                        pairs.get(i).target().equals(pairs.get(j).target())
                                || pairs.get(i).source().equals(pairs.get(j).source());
                z[i][j] = same ? 1 : -1;
            }
        }
        return Responses.all(Array.matrix(z));
    }

    /// The responses of `+1`, and about so many others for each, drawn at random.
    Responses some(int others, RandomStream random) {
        List<Integer> chosen = new ArrayList<>();
        double share = (double) others / y.size();
        for (int o = 0; o < train.size(); o++) {
            if (train.value(o) > 0 || random.nextDouble() < share) {
                chosen.add(o);
            }
        }
        return Responses.observed(
                x.size(),
                y.size(),
                chosen.stream().mapToInt(train::row).toArray(),
                chosen.stream().mapToInt(train::column).toArray(),
                chosen.stream().mapToDouble(train::value).toArray());
    }

    /// A user's file of `x<TAB>y<TAB>value`, UTF-8; a fifth of the lines, drawn at random, are the
    /// test.
    ///
    /// @throws BadInputException naming the file and the line
    public static PairData read(Path file, long seed) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + ": the file is not UTF-8", e);
        }
        Map<String, Integer> xs = new LinkedHashMap<>();
        Map<String, Integer> ys = new LinkedHashMap<>();
        List<Integer> row = new ArrayList<>();
        List<Integer> column = new ArrayList<>();
        List<Double> value = new ArrayList<>();
        for (int l = 0; l < lines.size(); l++) {
            if (lines.get(l).isBlank()) {
                continue;
            }
            String[] cells = lines.get(l).split("\t", -1);
            if (cells.length != 3 || cells[0].isBlank() || cells[1].isBlank()) {
                throw new BadInputException(
                        file
                                + ":"
                                + (l + 1)
                                + ": expected x<TAB>y<TAB>value, got "
                                + cells.length
                                + (cells.length == 1 ? " column" : " columns, or an empty one"));
            }
            value.add(number(cells[2], file + ":" + (l + 1)));
            row.add(xs.computeIfAbsent(cells[0].strip(), k -> xs.size()));
            column.add(ys.computeIfAbsent(cells[1].strip(), k -> ys.size()));
        }
        if (value.size() < 5) {
            throw new BadInputException(
                    file
                            + ": a problem needs at least 5 lines of x<TAB>y<TAB>value, got "
                            + value.size());
        }
        int[] order = RandomStream.of(seed).at("split").permutation(value.size());
        int held = Math.max(1, (int) (HELD_OUT * value.size()));
        List<String> x = List.copyOf(xs.keySet());
        List<String> y = List.copyOf(ys.keySet());
        return new PairData(
                file.toString(),
                x,
                y,
                part(order, held, value.size(), x, y, row, column, value),
                x,
                y,
                part(order, 0, held, x, y, row, column, value),
                false);
    }

    private static Responses part(
            int[] order,
            int from,
            int to,
            List<String> x,
            List<String> y,
            List<Integer> row,
            List<Integer> column,
            List<Double> value) {
        int[] r = new int[to - from];
        int[] c = new int[to - from];
        double[] v = new double[to - from];
        for (int i = from; i < to; i++) {
            r[i - from] = row.get(order[i]);
            c[i - from] = column.get(order[i]);
            v[i - from] = value.get(order[i]);
        }
        return Responses.observed(x.size(), y.size(), r, c, v);
    }

    private static double number(String cell, String place) {
        try {
            double v = Double.parseDouble(cell.strip());
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what to do.
        }
        throw new BadInputException(
                place + ": the value must be a finite number, got '" + cell.strip() + "'");
    }

    /// Whether there are classes, and a positive response to fit.
    public boolean positives() {
        boolean some = false;
        for (int o = 0; o < train.size(); o++) {
            some |= train.value(o) > 0;
        }
        return some && classes();
    }

    /// Whether every response is -1 or 1.
    public boolean classes() {
        for (int o = 0; o < train.size(); o++) {
            if (Math.abs(train.value(o)) != 1) {
                return false;
            }
        }
        return true;
    }
}
