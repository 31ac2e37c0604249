package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The generators of sources in `core/src/build`, as the build runs them.
final class UnrollTest {
    @TempDir static Path classes;
    @TempDir Path source;
    @TempDir Path target;

    @BeforeAll
    static void compileTheGenerators() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/build"))) {
            Stream<String> options = Stream.of("-proc:none", "-d", classes.toString());
            String[] arguments =
                    Stream.concat(options, files.map(Path::toString)).toArray(String[]::new);
            assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
        }
    }

    @Test
    void methodsAndStatementsAreWrittenAsOftenAsTheyAreMarked() throws Exception {
        String tile =
                """
                final class Tile {
                    // made as sum2x1: height = 2, width = 1
                    // made as sum3x2: height = 3, width = 2
                    /// $height rows of $width;
                    static int $name(
                            // only in sum3x2
                            int right,
                            int[] c) {
                        int s0 = $width * c.length;
                        // each 1 <= i < height, h = i - 1
                        int s$i = s$h + 8;
                        // only in sum3x2
                        // each i < height, j < width
                        c[s$i] += $j;
                        return s0;
                    }
                }
                """;
        String unrolled =
                """
                // Generated from Tile.java by Unroll. Do not edit.
                final class Tile {
                    /// 2 rows of 1;
                    static int sum2x1(
                            int[] c) {
                        int s0 = c.length;
                        int s1 = s0 + 8;
                        return s0;
                    }

                    /// 3 rows of 2;
                    static int sum3x2(
                            int right,
                            int[] c) {
                        int s0 = 2 * c.length;
                        int s1 = s0 + 8;
                        int s2 = s1 + 8;
                        c[s0] += 0;
                        c[s0] += 1;
                        c[s1] += 0;
                        c[s1] += 1;
                        c[s2] += 0;
                        c[s2] += 1;
                        return s0;
                    }
                }
                """;
        assertEquals(unrolled, unrolled(tile));
    }

    @Test
    void blocksAreRepeatedWithWhatIsInThem() throws Exception {
        String block =
                """
                // each 3 <= i < 5
                {
                    int x = $i;
                    // each j < 2
                    y += $i
                        * $j;
                }
                """;
        String unrolled =
                """
                {
                    int x = 3;
                    y += 3
                        * 0;
                    y += 3
                        * 1;
                }
                {
                    int x = 4;
                    y += 4
                        * 0;
                    y += 4
                        * 1;
                }
                """;
        assertEquals(header() + unrolled, unrolled(block));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    x + $i * y;             | x;               | x + y;           | x + 2 * y;
                    x + $i * y * z + w;     | x + w;           | x + y * z + w;   | x + 2 * y * z + w;
                    x + y * $i;             | x + y * 0;       | x + y * 1;       | x + y * 2;
                    x + y * $i * z;         | x + y * 0 * z;   | x + y * z;       | x + y * 2 * z;
                    $i * x + y;             | 0 * x + y;       | x + y;           | 2 * x + y;
                    x + $i * f(y);          | x + 0 * f(y);    | x + f(y);        | x + 2 * f(y);
                    x + $i / y;             | x + 0 / y;       | x + 1 / y;       | x + 2 / y;
                    x / $i * y;             | x / 0 * y;       | x / 1 * y;       | x / 2 * y;
                    x + r$i * y;            | x + r0 * y;      | x + r1 * y;      | x + r2 * y;
                    x + $list$i;            | x;               | x + LANES;       | x + right;
                    x$i$i(a$i, $i);         | x00(a0, 0);      | x11(a1, 1);      | x22(a2, 2);
                    """)
    void idleTermsAndFactorsAreLeftOut(String line, String zero, String one, String two)
            throws Exception {
        String marks = "// made as m: list = [0, LANES, right]\n{\n// each i < 3\n$list$i;\n";
        assertEquals(
                header() + "{\n0;\nLANES;\nright;\n" + zero + "\n" + one + "\n" + two + "\n}\n",
                unrolled(marks + "// each i < 3\n" + line + "\n}\n"));
    }

    @Test
    void whatIsNotUnderstoodIsSaidWithItsLine() throws Exception {
        String each = "Expected '// each i < height, j < width' or '// each 1 <= i < height, h =";
        refused(3, each, inMethod("// each i in 4", "$i;"));
        refused(3, each, inMethod("// each i < 4; j < 2", "$i$j;"));
        refused(3, each, inMethod("// each", "$i;"));
        refused(3, each, inMethod("// each i < 4, h = i - 2", "$h$i;"));
        refused(3, "The bound 'wide' is neither", inMethod("// each i < wide", "$i;"));
        refused(3, "Nothing uses 'i'", inMethod("// each i < 4", "x;"));
        refused(4, "'i' means something", inMethod("{", "// each i < 4, i < 4", "$i;", "}"));
        refused(3, "'width' means something", inMethod("// each width < 4", "$width;"));
        refused(3, "Nothing stands before", inMethod("// each i < 4, h = i - 1", "$h$i;"));

        String nothing = "No whole method, statement, block or parameter follows";
        refused(3, nothing, inMethod("// each i < 4"));
        refused(1, nothing, inMethod("// each i < 4", "f($i"));
        refused(2, nothing, "f(", "// each i < 4", "int $i) {", "x;", "}");
        refused(1, nothing, "// made as f: width = 2");
        refused(3, "A mark stands on a line of its own", inMethod("x; // each i < 4"));

        refused(3, "Expected some of the names that this method", inMethod("// only in g", "x;"));
        refused(1, "Expected some of the names that this method", "// only in f", "x;");
        refused(3, "A method is made within", inMethod("// made as g: i = 4", "$i;"));
        String made = "Expected '// made as NAME: word = 4, list = [a, b]'";
        refused(1, made, "// made as f", "f();");
        refused(1, made, "// made as f: wide = x", "f($wide);");
        refused(2, made, "// made as f: wide = 1", "// made as g: Wide = 1", "f($wide);");
        refused(1, "Nothing uses 'wide'", "// made as f: wide = 1", "f($name);");

        refused(4, "'$i' means nothing here", inMethod("x;", "$i;"));
        refused(1, "'$' means nothing here", "a$0;");
        refused(2, "A list takes an index", "// made as f: at = [x]", "f($at);");
        refused(2, "A list takes an index", "// made as f: at = [x], n = 0", "f($at + $n);");
        refused(
                4,
                "The list [x] has no",
                "// made as f: at = [x]",
                "{",
                "// each i < 2",
                "$at$i;",
                "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// only f",
                "// only  in f",
                "// Only in f",
                "//only in f",
                "// only inside f",
                "// Each i < 4",
                "//  each i < 4",
                "// made f: i = 4",
                "// Made as g: i = 4"
            })
    void whatBeginsAsAMarkAndIsNoneIsRefused(String comment) {
        String mark = "A mark begins with '// made as', '// each' or '// only in'";
        refused(4, mark, inMethod("x;", comment, "y;"));
        refused(5, mark, inMethod("// each i < 0", "{", comment, "a$i;", "}"));
    }

    @Test
    void documentationAndProseHoldNoMarks() throws Exception {
        String prose =
                """
                /// each row of i < 4
                /// only in f
                    /// made as `// each i < 4` says
                // see "// only in f"
                // eachother, and onlyin
                int x; // Only here
                """;
        assertEquals(header() + prose, unrolled(prose));
        refused(
                1,
                "Nothing uses 'width'",
                "// made as f: width = 2",
                "/// each row has a width",
                "f();");
    }

    @Test
    void numbersHaveFourDigitsAtMost() throws Exception {
        assertEquals(header() + "f(9999);\n", unrolled("// made as f: wide = 9999\nf($wide);\n"));
        String made = "Expected '// made as NAME: word = 4, list = [a, b]'";
        refused(1, made, "// made as f: wide = 99999999999", "f($wide);");
        refused(3, "The bound '99999999999' is", inMethod("// each i < 99999999999", "$i;"));
        refused(2, "A list takes an index", "// made as 99999999999: at = [x]", "f($at$name);");
    }

    @Test
    void wordsAreSaidOnce() {
        String two = "f($width + $at);";
        refused(1, "'width' is said twice", "// made as f: width = 4, width = 5", two);
        refused(1, "'at' is said twice", "// made as f: at = [x], at = 5", two);
        refused(1, "'at' is said twice", "// made as f: at = 5, at = [x]", two);
        refused(1, "'name' is the name of the method", "// made as f: name = 4", "$name();");
    }

    @Test
    void anotherNumberOfArgumentsIsToldTheUsage() {
        for (Path[] folders : new Path[][] {{}, {source}, {source, target, target}}) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> run("Unroll", folders));
            assertEquals("Usage: java Unroll.java SOURCE_ROOT TARGET_ROOT", refusal.getMessage());
        }
    }

    @Test
    void filesThatStayAreNotTouchedAndOthersGo() throws Exception {
        Files.writeString(source.resolve("Other.java"), "old\n");
        unrolled("a;\n");
        Path tile = target.resolve("Tile.java");
        Path other = target.resolve("Other.java");
        FileTime then = FileTime.fromMillis(0);
        Files.setLastModifiedTime(tile, then);
        Files.setLastModifiedTime(other, then);
        Files.writeString(source.resolve("Other.java"), "new\n");
        unrolled("a;\n");
        assertEquals(then, Files.getLastModifiedTime(tile));
        assertNotEquals(then, Files.getLastModifiedTime(other));
        Files.delete(source.resolve("Other.java"));
        unrolled("a;\n");
        assertFalse(Files.exists(other));
    }

    @Test
    void whatIsUnrolledHasATwin(@TempDir Path written, @TempDir Path twins) throws Exception {
        String text = "// twin: float\n// each i < 2\ndouble a$i = 0.5;\n";
        Files.writeString(source.resolve("DoubleTile.java"), text);
        Files.writeString(written.resolve("DoubleSum.java"), "// twin: float\ndouble b;\n");
        run("Unroll", source, target);
        run("FloatTwins", written, target, twins);
        assertEquals(
                """
                // Generated from DoubleTile.java by FloatTwins. Do not edit.
                // Generated from FloatTile.java by Unroll. Do not edit.
                float a0 = 0.5f;
                float a1 = 0.5f;
                """,
                Files.readString(twins.resolve("FloatTile.java")));
        assertEquals(
                "// Generated from DoubleSum.java by FloatTwins. Do not edit.\nfloat b;\n",
                Files.readString(twins.resolve("FloatSum.java")));

        Files.delete(source.resolve("DoubleTile.java"));
        run("Unroll", source, target);
        run("FloatTwins", written, target, twins);
        assertFalse(Files.exists(twins.resolve("FloatTile.java")));
        assertTrue(Files.exists(twins.resolve("FloatSum.java")));
    }

    private static String[] inMethod(String... lines) {
        Stream<String> head = Stream.of("// made as f: width = 2", "void $name($width) {");
        return Stream.concat(Stream.concat(head, Stream.of(lines)), Stream.of("}"))
                .toArray(String[]::new);
    }

    private void refused(int line, String sentence, String... lines) {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> unrolled(String.join("\n", lines) + "\n"));
        String message = String.valueOf(refusal.getMessage());
        String start = source.resolve("Tile.java") + ":" + line + ": " + sentence;
        assertTrue(message.startsWith(start), message);
        assertTrue(message.endsWith(": " + lines[line - 1].strip()), message);
    }

    private static String header() {
        return "// Generated from Tile.java by Unroll. Do not edit.\n";
    }

    private String unrolled(String text) throws Exception {
        Files.writeString(source.resolve("Tile.java"), text);
        run("Unroll", source, target);
        return Files.readString(target.resolve("Tile.java"));
    }

    private static void run(String generator, Path... folders) throws Exception {
        String[] arguments = Stream.of(folders).map(Path::toString).toArray(String[]::new);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            loader.loadClass(generator)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
