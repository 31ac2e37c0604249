package nonmercer.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @TempDir Path folder = Path.of(".");

    @Provide
    Arbitrary<Json> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.strings().all().ofMaxLength(8).map(Json::of),
                () ->
                        Arbitraries.strings()
                                .withChars("\\\"/\n\r\t\u0001a\uD83D\uDE00")
                                .ofMaxLength(8)
                                .map(Json::of),
                () -> Arbitraries.doubles().filter(x -> x != 0 || 1 / x > 0).map(Json::of),
                () -> Arbitraries.longs().map(Json::of),
                () -> Arbitraries.of(true, false).map(Json::of),
                () -> Arbitraries.just(new Json.Null()),
                () -> values().list().ofMaxSize(4).map(Json::of),
                () ->
                        Arbitraries.maps(Arbitraries.strings().all().ofMaxLength(4), values())
                                .ofMaxSize(4)
                                .map(Json::of));
    }

    /// Also through UTF-8, where a lone surrogate would be lost if it were not written as an
    /// escape.
    @Property
    void whatIsWrittenIsReadBack(@ForAll("values") Json value) {
        assertEquals(value, Json.parse(throughUtf8(value.write())));
        assertEquals(value, Json.parse(throughUtf8(value.pretty())));
    }

    @Property
    void theOrderOfMembersIsKept(@ForAll("values") Json value) {
        Map<String, Json> map = new LinkedHashMap<>();
        map.put("z", value);
        map.put("a", value);
        map.put("m", value);
        assertEquals(
                List.of("z", "a", "m"),
                new ArrayList<>(Json.parse(Json.of(map).write()).members().keySet()));
    }

    @Property
    void doublesComeBackBitForBit(@ForAll double value) {
        double expected = value == 0 ? 0.0 : value; // JSON numbers here have no negative zero
        assertEquals(
                Double.doubleToLongBits(expected),
                Double.doubleToLongBits(Json.parse(Json.of(value).write()).number()));
    }

    private static String throughUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Test
    void everyFormIsRead() {
        Json json =
                Json.parse(
                        " {\"a\\u00e9\\n\\/\\\"\" : [ 0 , -1.5e+3 ,true,false,null , \"\\ud83d\\ude00\" ] ,"
                                + "\"b\":{}, \"c\":[]}\r\n\t");
        assertEquals(
                "{\"aé\\n/\\\"\":[0,-1.5E+3,true,false,null,\"😀\"],\"b\":{},\"c\":[]}",
                json.write());
        assertEquals(-1500, json.get("aé\n/\"").items().get(1).integer());
        assertNull(json.find("d"));
    }

    @Test
    void prettyKeepsNumbersOnOneLine() {
        Map<String, Json> map = new LinkedHashMap<>();
        map.put("shape", Json.of(2, 3));
        map.put("names", Json.of(List.of(Json.of("x"))));
        map.put("empty", Json.of(Map.of()));
        assertEquals(
                """
                {
                  "shape": [2, 3],
                  "names": [
                    "x"
                  ],
                  "empty": {}
                }
                """,
                Json.of(map).pretty());
    }

    @Test
    void errorsNameLineAndColumn() {
        refused("", "JSON:1:1: expected a value, found the end of the text");
        refused("{\"a\": 1,\n  \"b\" 2}", "JSON:2:7: expected ':' after a name, found '2'");
        refused("{\"a\":1,}", "JSON:1:8: expected a name in double quotes, found '}'");
        refused("{\"a\":1,\n\"a\":2}", "JSON:2:1: the name \"a\" occurs twice in one object");
        refused("[1 2]", "JSON:1:4: expected ',' or ']', found '2'");
        refused("[1,]", "JSON:1:4: expected a value, found ']'");
        refused("01", "JSON:1:2: expected the end of the text, found '1'");
        refused("1.", "JSON:1:3: expected a digit, found the end of the text");
        refused("+1", "JSON:1:1: expected a value, found '+'");
        refused("1e99999999999", "JSON:1:1: the exponent of a number is out of range");
        refused("NaN", "JSON:1:1: expected a value, found 'N'");
        refused("nul", "JSON:1:1: expected a value, found 'n'");
        refused(
                "\"a\nb\"",
                "JSON:1:3: a control character in a string must be written as an escape");
        refused("\"a", "JSON:1:3: expected '\"' at the end of a string, found the end of the text");
        refused(
                "\"\\x\"",
                "JSON:1:3: expected one of \" \\ / b f n r t u after a backslash, found 'x'");
        refused("\"\\u12g4\"", "JSON:1:6: expected four hexadecimal digits after \\u, found 'g'");
        refused("'a'", "JSON:1:1: expected a value, found '''");
        refused("[]\0", "JSON:1:3: expected the end of the text, found '\0'");
        refused("[".repeat(513), "JSON:1:513: the text is nested deeper than 512 levels");
    }

    private static void refused(String text, String message) {
        assertEquals(
                message,
                assertThrows(BadInputException.class, () -> Json.parse(text)).getMessage());
    }

    @Test
    void readersRefuseOtherKinds() {
        Json json = Json.parse("{\"n\": 1.5, \"big\": 1e400, \"long\": 9999999999}");
        refuses("expected an integer of 64 bits, found 1.5", () -> json.get("n").integer());
        refuses("expected an integer of 32 bits, found 9999999999", () -> json.get("long").int32());
        refuses(
                "expected a number within the range of a double, found 1E+400",
                () -> json.get("big").number());
        refuses("expected a string, found 1.5", () -> json.get("n").text());
        refuses("expected an array, found 1.5", () -> json.get("n").items());
        refuses("expected an object, found 1.5", () -> json.get("n").members());
        refuses("expected true or false, found 1.5", () -> json.get("n").bool());
        refuses(
                "expected a member \"x\" in {\"n\":1.5,\"big\":1E+400,\"long\":9999999999}",
                () -> json.get("x"));
        assertThrows(IllegalArgumentException.class, () -> Json.of(Double.NaN));
    }

    private static void refuses(String message, org.junit.jupiter.api.function.Executable reader) {
        assertEquals(message, assertThrows(BadInputException.class, reader).getMessage());
    }

    @Test
    void filesAreReadAndReplaced() throws IOException {
        Path file = folder.resolve("deep/er/a.json");
        Json.parse("{\"a\":[1]}").write(file);
        Json.parse("{\"a\":[2]}").write(file);
        assertEquals("{\"a\":[2]}", Json.read(file).write());
        Files.writeString(file, "{\n?");
        assertEquals(
                file + ":2:1: expected a name in double quotes, found '?'",
                assertThrows(BadInputException.class, () -> Json.read(file)).getMessage());
        Path absent = folder.resolve("absent.json");
        assertEquals(
                absent + ": there is no such file",
                assertThrows(BadInputException.class, () -> Json.read(absent)).getMessage());
    }
}
