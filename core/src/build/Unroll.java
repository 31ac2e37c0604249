import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes marked sources out: every method, statement and parameter as often as its marks say.
///
/// Usage: `java Unroll.java SOURCE_ROOT TARGET_ROOT`. A source parses as Java, so that the
/// formatter formats it. A mark is a comment on a line of its own, in front of what it is about:
///
/// - `// made as tile4x2: height = 4, width = 2, at = [0, right]`, a method: it is written for each
///   such mark. There `$name` is `tile4x2`, `$width` is 2, and `$at$j` is entry j of the list;
/// - `// each i < height, j < width`, a statement or a block: it is written for every i and,
///   within, every j, with `$i` and `$j` for the numbers. A bound is a number or a word of the
///   method's mark; `1 <= i < height` starts at 1, and `h = i - 1` behind it names the number
///   before;
/// - `// only in tile4x2, tile8x2`, a statement, a block or a parameter but the last: it is written
///   in these methods.
///
/// `x + $i * y` is written `x`, `x + y`, `x + 2 * y`: a term behind a plus that becomes 0 and a
/// factor in front that becomes 1 are left out. All else stays as it is, in its order. A mark that
/// is not understood, a comment that begins as a mark does and is none, and a name with `$` that
/// means nothing, end the build with a sentence.
public final class Unroll {
    private static final String MADE = "// made as";
    private static final String EACH = "// each";
    private static final String ONLY = "// only in";
    private static final String NOTHING_WHOLE =
            "No whole method, statement, block or parameter follows";
    private static final Pattern MARK =
            Pattern.compile("((?:(?!//).)*)(" + MADE + "|" + EACH + "|" + ONLY + ")\\b(.*)");
    private static final Pattern LIKE_A_MARK =
            Pattern.compile("(?i)\\s*//\\s*(?:made|each|only)\\b.*");
    private static final String NUMBER = "\\d{1,4}";
    private static final String WORD = "[a-z]+ = (?:" + NUMBER + "|\\[[^\\[\\]]+])";
    private static final Pattern METHOD =
            Pattern.compile(MADE + " (\\w+): (" + WORD + "(?:, " + WORD + ")*)");
    private static final Pattern RANGE = Pattern.compile("(?:(\\w+) <= )?([a-z]+) < (\\w+)");
    private static final Pattern BEFORE = Pattern.compile("([a-z]+) = ([a-z]+) - 1");
    private static final Pattern USE = Pattern.compile("\\$([a-z]*)");
    private static final Pattern PLUS = Pattern.compile("\\s*\\+ $");
    private static final Pattern FACTORS =
            Pattern.compile("(?: \\* [\\w$]+)*(?!\\s*[\\w$*/%.(\\[])");
    private static final Pattern NO_FACTOR = Pattern.compile("(?:[\\w$]|[/%] )$");

    private final Path file;
    private final List<String> lines;
    private final StringBuilder out = new StringBuilder();

    private Unroll(Path file) throws IOException {
        this.file = file;
        this.lines = Files.readAllLines(file);
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("Usage: java Unroll.java SOURCE_ROOT TARGET_ROOT");
        }
        Path source = Path.of(args[0]);
        GeneratedSources target = new GeneratedSources(Path.of(args[1]));
        for (Path file : GeneratedSources.below(source)) {
            target.write(source.relativize(file).toString(), new Unroll(file).text());
        }
        target.deleteOthers();
    }

    private String text() {
        for (int n = 0; n < lines.size(); n++) {
            String line = lines.get(n);
            require(
                    !LIKE_A_MARK.matcher(line).matches() || MARK.matcher(line).matches(),
                    n,
                    "A mark begins with '" + MADE + "', '" + EACH + "' or '" + ONLY + "'");
        }
        Copy once = new Copy("", List.of(), Map.of(), Map.of());
        // The marker of a twin stays the first line.
        int first = !lines.isEmpty() && lines.getFirst().startsWith("// twin:") ? 1 : 0;
        write(0, first, once);
        out.append("// Generated from " + file.getFileName() + " by Unroll. Do not edit.\n");
        write(first, lines.size(), once);
        return out.toString();
    }

    /// One of the methods that are made: its name, the names of all, its words and lists, and the
    /// indices around a line.
    private record Copy(
            String name,
            List<String> names,
            Map<String, String> words,
            Map<String, List<String>> lists) {
        Copy with(String index, int number) {
            Map<String, String> more = new HashMap<>(words);
            more.put(index, String.valueOf(number));
            return new Copy(name, names, more, lists);
        }
    }

    /// Writes lines, those behind a mark as it says.
    private void write(int from, int to, Copy copy) {
        int plain = from;
        for (int n = from; n < to; ) {
            Matcher mark = MARK.matcher(lines.get(n));
            if (!mark.matches()) {
                n++;
                continue;
            }
            require(mark.group(1).isBlank(), n, "A mark stands on a line of its own");
            writePlain(plain, n, copy);
            int body = n + 1;
            while (mark.group(2).equals(MADE) && isMade(body, to)) {
                body++;
            }
            int end = end(n, body, to);
            List<String> parts = List.of(mark.group(3).strip().split(", "));
            switch (mark.group(2)) {
                case EACH -> writeEach(n, parts, body, end, copy);
                case ONLY -> {
                    require(
                            copy.names.containsAll(parts),
                            n,
                            "Expected some of the names that this method is made as, "
                                    + copy.names);
                    if (parts.contains(copy.name)) {
                        write(body, end, copy);
                    }
                }
                default -> writeMade(n, body, end, copy);
            }
            n = end;
            plain = end;
        }
        writePlain(plain, to, copy);
    }

    private boolean isMade(int n, int to) {
        return n < to && lines.get(n).strip().startsWith(MADE);
    }

    private void writeMade(int from, int body, int end, Copy outside) {
        require(outside.name.isEmpty(), from, "A method is made within another one");
        List<Matcher> methods =
                lines.subList(from, body).stream().map(l -> METHOD.matcher(l.strip())).toList();
        for (int m = 0; m < methods.size(); m++) {
            require(
                    methods.get(m).matches(),
                    from + m,
                    "Expected '// made as NAME: word = 4, list = [a, b]', the words in small"
                            + " letters, the numbers of at most four digits");
        }
        List<String> names = methods.stream().map(m -> m.group(1)).toList();
        for (int m = 0; m < names.size(); m++) {
            Map<String, String> words = new HashMap<>(Map.of("name", names.get(m)));
            Map<String, List<String>> lists = new HashMap<>();
            for (String word : methods.get(m).group(2).split(", (?=[a-z]+ = )")) {
                String key = word.substring(0, word.indexOf(" = "));
                String value = word.substring(word.indexOf(" = ") + 3);
                require(!key.equals("name"), from + m, "'name' is the name of the method");
                boolean old = words.containsKey(key) || lists.containsKey(key);
                require(!old, from + m, "'" + key + "' is said twice");
                require(isUsed(key, body, end), from + m, "Nothing uses '" + key + "'");
                if (value.startsWith("[")) {
                    lists.put(key, List.of(value.substring(1, value.length() - 1).split(", ")));
                } else {
                    words.put(key, value);
                }
            }
            if (m > 0) {
                out.append("\n");
            }
            write(body, end, new Copy(names.get(m), names, words, lists));
        }
    }

    private void writeEach(int n, List<String> indices, int body, int end, Copy copy) {
        if (indices.isEmpty()) {
            write(body, end, copy);
            return;
        }
        Matcher range = RANGE.matcher(indices.getFirst());
        require(
                range.matches(),
                n,
                "Expected '// each i < height, j < width' or '// each 1 <= i < height, h = i - 1'");
        String index = range.group(2);
        requireNew(n, index, body, end, copy);
        int low = range.group(1) == null ? 0 : bound(n, range.group(1), copy);
        int high = bound(n, range.group(3), copy);
        List<String> inner = indices.subList(1, indices.size());
        Matcher before = BEFORE.matcher(inner.isEmpty() ? "" : inner.getFirst());
        boolean named = before.matches() && before.group(2).equals(index);
        if (named) {
            inner = inner.subList(1, inner.size());
            requireNew(n, before.group(1), body, end, copy);
            require(low > 0, n, "Nothing stands before the first " + index);
        }
        for (int i = low; i < high; i++) {
            Copy one = copy.with(index, i);
            writeEach(n, inner, body, end, named ? one.with(before.group(1), i - 1) : one);
        }
    }

    private void requireNew(int n, String index, int body, int end, Copy copy) {
        boolean old = copy.words.containsKey(index) || copy.lists.containsKey(index);
        require(!old, n, "'" + index + "' means something else already");
        require(isUsed(index, body, end), n, "Nothing uses '" + index + "'");
    }

    /// Whether the lines have the word with a `$`, or as a bound.
    private boolean isUsed(String word, int from, int end) {
        Pattern use =
                Pattern.compile("\\$" + word + "(?![a-z])|^\\s*" + EACH + " .*\\b" + word + "\\b");
        return lines.subList(from, end).stream().anyMatch(l -> use.matcher(l).find());
    }

    private int bound(int n, String bound, Copy copy) {
        String number = copy.words.getOrDefault(bound, bound);
        require(
                number.matches(NUMBER),
                n,
                "The bound '"
                        + bound
                        + "' is neither a number of at most four digits nor a word of the"
                        + " method's mark");
        return Integer.parseInt(number);
    }

    /// The line behind what starts with line `from`: it ends where all brackets are closed.
    private int end(int mark, int from, int to) {
        int depth = 0;
        for (int n = from; n < to; n++) {
            String code = lines.get(n).replaceFirst("//.*", "").strip();
            for (char c : code.toCharArray()) {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                require(depth >= 0, mark, NOTHING_WHOLE);
            }
            if (depth == 0 && code.matches(".*[;,}]")) {
                return n + 1;
            }
        }
        throw error(mark, NOTHING_WHOLE);
    }

    /// Writes lines that have no mark.
    private void writePlain(int from, int to, Copy copy) {
        String text = String.join("", lines.subList(from, to).stream().map(l -> l + "\n").toList());
        StringBuilder written = new StringBuilder();
        Matcher use = USE.matcher(text);
        int at = 0;
        while (use.find(at)) {
            written.append(text, at, use.start());
            int n = from + (int) text.chars().limit(use.start()).filter(c -> c == '\n').count();
            at = use.end();
            String value = copy.words.get(use.group(1));
            List<String> list = copy.lists.get(use.group(1));
            if (list != null) {
                boolean indexed = use.find() && use.start() == at;
                String index = indexed ? copy.words.getOrDefault(use.group(1), "") : "";
                require(index.matches(NUMBER), n, "A list takes an index, as in '$at$j'");
                int i = Integer.parseInt(index);
                require(i < list.size(), n, "The list " + list + " has no entry " + i);
                value = list.get(i);
                at = use.end();
            }
            require(value != null, n, "'" + use.group() + "' means nothing here");
            at = append(written, value, text, at);
        }
        out.append(written).append(text, at, text.length());
    }

    /// Appends a value but for idle terms and factors; returns where the text goes on.
    private static int append(StringBuilder written, String value, String text, int at) {
        Matcher plus = PLUS.matcher(written);
        Matcher factors = FACTORS.matcher(text).region(at, text.length());
        if (value.equals("0") && plus.find() && factors.lookingAt()) {
            written.setLength(plus.start());
            return factors.end();
        }
        boolean factor = text.startsWith(" * ", at) && !NO_FACTOR.matcher(written).find();
        if (value.equals("1") && factor) {
            return at + " * ".length();
        }
        written.append(value);
        return at;
    }

    private void require(boolean holds, int n, String sentence) {
        if (!holds) {
            throw error(n, sentence);
        }
    }

    private IllegalArgumentException error(int n, String sentence) {
        return new IllegalArgumentException(
                file + ":" + (n + 1) + ": " + sentence + ": " + lines.get(n).strip());
    }
}
