import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the float32 twin of every source whose first line is the marker `// twin: float`.
///
/// Usage: `java FloatTwins.java SOURCE_ROOT... TARGET_ROOT`. The rules, in this order:
///
/// 1. a file name, and every identifier, with `Double` in it gets `Float` there; `F64` gets `F32`;
///    `FLOAT64` gets `FLOAT32`; `LongVector` gets `IntVector`; `f64` gets `f32`; `doubles` becomes
///    `floats`;
/// 2. the word `double` becomes `float`, the words `/*bits*/ long` become `int`;
/// 3. a floating literal such as `0.5` or `1e-3` gets the suffix `f`;
/// 4. what stands after `/*64*/` on the same token is kept: `/*64*/ double` stays `double`;
/// 5. a line that ends with `// float64 only` is left out: a polynomial's higher coefficients.
public final class FloatTwins {
    private static final String MARKER = "// twin: float";
    private static final String FLOAT64_ONLY = "// float64 only";
    private static final Pattern MARK = Pattern.compile("(/\\*(?:64|bits)\\*/)\\s+");
    private static final Pattern KEPT = Pattern.compile("/\\*64\\*/ ?([A-Za-z0-9_.]+)");
    private static final Pattern LITERAL =
            Pattern.compile(
                    "(?<![\\w.])(\\d+\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)(?![\\w.])");

    public static void main(String[] args) throws IOException {
        GeneratedSources twins = new GeneratedSources(Path.of(args[args.length - 1]));
        for (int i = 0; i < args.length - 1; i++) {
            Path source = Path.of(args[i]);
            for (Path file : GeneratedSources.below(source)) {
                // The formatter may break a line behind a mark.
                String source64 = MARK.matcher(Files.readString(file)).replaceAll("$1 ");
                List<String> lines = source64.lines().toList();
                if (lines.isEmpty() || !lines.getFirst().equals(MARKER)) {
                    continue;
                }
                String path = source.relativize(file).toString();
                String twin = rename(path);
                if (twin.equals(path)) {
                    throw new IOException(
                            file
                                    + " is marked '"
                                    + MARKER
                                    + "' but its name holds neither Double nor F64");
                }
                String text =
                        lines.stream()
                                .skip(1)
                                .filter(l -> !l.endsWith(FLOAT64_ONLY))
                                .map(FloatTwins::line)
                                .reduce("", (a, b) -> a + b + "\n");
                twins.write(
                        twin,
                        "// Generated from "
                                + file.getFileName()
                                + " by FloatTwins. Do not edit.\n"
                                + text);
            }
        }
        twins.deleteOthers();
    }

    /// One line of the twin: the kept tokens are taken out, the rest is translated, and they are
    /// put back.
    static String line(String line) {
        StringBuilder out = new StringBuilder();
        Matcher kept = KEPT.matcher(line);
        int from = 0;
        while (kept.find()) {
            out.append(translate(line.substring(from, kept.start()))).append(kept.group(1));
            from = kept.end();
        }
        return out.append(translate(line.substring(from))).toString();
    }

    private static String translate(String text) {
        String s = text.replace("/*bits*/ long", "int");
        s =
                rename(s)
                        .replace("FLOAT64", "FLOAT32")
                        .replace("LongVector", "IntVector")
                        .replace("f64", "f32");
        s = s.replaceAll("\\bdouble(s?)\\b", "float$1");
        return text.strip().startsWith("//") ? s : LITERAL.matcher(s).replaceAll("$1f");
    }

    private static String rename(String text) {
        return text.replace("Double", "Float").replace("F64", "F32");
    }
}
