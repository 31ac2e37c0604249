package nonmercer.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nonmercer.io.BadInputException;
import nonmercer.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTokenizerTest {
    private static final List<String> CORPUS =
            List.of(
                    "the cat sat on the mat",
                    "die Katze saß auf der Matte",
                    "猫はマットの上に座った",
                    "the the {0} {1}");

    private static final BytePairTokenizer TRAINED = BytePairTokenizer.train(CORPUS, 320);

    @TempDir Path folder = Path.of(".");

    /// Strings of any chars, lone surrogates among them, and strings close to the corpus, where
    /// merges apply.
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("thecasot  {}01ß猫\n\t\uD83D\uDE00")
                        .ofMaxLength(200),
                Arbitraries.of(CORPUS).list().ofMaxSize(3).map(list -> String.join("", list)));
    }

    @Property
    void everyStringComesBack(@ForAll("texts") String text) {
        assertEquals(text, TRAINED.decode(TRAINED.encode(text)));
    }

    @Property
    void savedTokenizersEncodeAlike(@ForAll("texts") String text) {
        BytePairTokenizer again = BytePairTokenizer.of(Json.parse(TRAINED.toJson().write()));
        assertEquals(TRAINED, again);
        assertArrayEquals(TRAINED.encode(text), again.encode(text));
    }

    /// The definition: each merge in turn, in the order they were learned, over the bytes of each
    /// piece.
    @Property
    void theMergesApplyInTheirOrder(
            @ForAll("corpora") List<String> corpus, @ForAll("corpora") List<String> texts) {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(corpus, 259 + 20);
        List<Json> merges = tokenizer.toJson().get("merges").items();
        for (String text : texts) {
            List<Integer> expected = new ArrayList<>();
            for (String piece : Pieces.of(text)) {
                List<Integer> tokens = bytes(piece);
                for (int m = 0; 2 * m < merges.size(); m++) {
                    merge(
                            tokens,
                            List.of(merges.get(2 * m).int32(), merges.get(2 * m + 1).int32()),
                            259 + m);
                }
                expected.addAll(tokens);
            }
            assertEquals(expected, Arrays.stream(tokenizer.encode(text)).boxed().toList());
        }
    }

    private static List<Integer> bytes(String piece) {
        List<Integer> tokens = new ArrayList<>();
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
            tokens.add(3 + (b & 0xFF));
        }
        return tokens;
    }

    private static void merge(List<Integer> tokens, List<Integer> pair, int token) {
        for (int k = 0; k + 1 < tokens.size(); k++) {
            if (tokens.subList(k, k + 2).equals(pair)) {
                tokens.subList(k + 1, k + 2).clear();
                tokens.set(k, token);
            }
        }
    }

    /// Few letters, so that runs like `aaaa`, where occurrences overlap, and ties are common.
    @Provide
    Arbitrary<List<String>> corpora() {
        return Arbitraries.strings().withChars("aaabc ").ofMaxLength(14).list().ofMaxSize(8);
    }

    @Property
    void theMergesAreThoseOfTheDefinition(@ForAll("corpora") List<String> corpus) {
        List<Integer> expected = new ArrayList<>();
        naiveMerges(corpus, 20).forEach(m -> expected.addAll(List.of(m[0], m[1])));
        List<Integer> found =
                BytePairTokenizer.train(corpus, 259 + 20).toJson().get("merges").items().stream()
                        .map(Json::int32)
                        .toList();
        assertEquals(expected, found);
    }

    /// Counts every pair of every piece anew for each merge.
    private static List<int[]> naiveMerges(List<String> corpus, int most) {
        List<List<Integer>> pieces = new ArrayList<>();
        for (String text : corpus) {
            for (String piece : Pieces.of(text)) {
                pieces.add(bytes(piece));
            }
        }
        List<int[]> merges = new ArrayList<>();
        while (merges.size() < most) {
            var counts =
                    new TreeMap<List<Integer>, Integer>((a, b) ->
                            a.get(0).equals(b.get(0))
                                    ? Integer.compare(a.get(1), b.get(1))
                                    : Integer.compare(a.get(0), b.get(0)));
            for (List<Integer> piece : pieces) {
                for (int k = 1; k < piece.size(); k++) {
                    counts.merge(List.of(piece.get(k - 1), piece.get(k)), 1, Integer::sum);
                }
            }
            List<Integer> best = List.of();
            int count = 1;
            for (var entry :
                    counts.entrySet()) { // ascending, so the first of equals is the smallest
                if (entry.getValue() > count) {
                    count = entry.getValue();
                    best = entry.getKey();
                }
            }
            if (best.isEmpty()) {
                break;
            }
            int token = 259 + merges.size();
            merges.add(new int[] {best.get(0), best.get(1)});
            for (List<Integer> piece : pieces) {
                merge(piece, best, token);
            }
        }
        return merges;
    }

    @Test
    void frequentWordsBecomeOneToken() {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(CORPUS, 400);
        assertArrayEquals(new int[] {tokenizer.encode(" the")[0]}, tokenizer.encode(" the"));
        assertTrue(tokenizer.size() < 400, "no pair occurs twice any more");
    }

    @Test
    void specialTokensAreNotText() {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(List.of(), 259);
        int[] tokens = tokenizer.encode("ab");
        assertArrayEquals(new int[] {3 + 'a', 3 + 'b'}, tokens);
        assertEquals(
                "ab",
                tokenizer.decode(
                        BytePairTokenizer.BOS,
                        tokens[0],
                        BytePairTokenizer.PAD,
                        tokens[1],
                        BytePairTokenizer.EOS));
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(List.of(), 259);
        int[] broken = {
            0xE7, 0x8C, 'x', 0xFF, 0xC0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xE0, 0x80, 0x80, 0xE7
        };
        assertEquals(
                "\uFFFD\uFFFDx" + "\uFFFD".repeat(11),
                tokenizer.decode(Arrays.stream(broken).map(b -> b + 3).toArray()));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(259));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(-1));
    }

    @Test
    void filesComeBackOrAreRefused() throws IOException {
        BytePairTokenizer tokenizer = BytePairTokenizer.train(CORPUS, 300);
        Path file = folder.resolve("tokenizer.json");
        tokenizer.save(file);
        assertEquals(tokenizer, BytePairTokenizer.load(file));
        refused(file, "{}", "expected a member \"type\" in {}");
        refused(
                file,
                "{\"type\":\"byte-pair\",\"version\":2,\"merges\":[]}",
                "expected a tokeniser of type \"byte-pair\", version 1, found \"byte-pair\", version 2");
        refused(
                file,
                "{\"type\":\"byte-pair\",\"version\":1,\"merges\":[3]}",
                "the merges of a tokeniser come in pairs, found 1 numbers");
        refused(
                file,
                "{\"type\":\"byte-pair\",\"version\":1,\"merges\":[3,259]}",
                "merge 0 of the tokeniser joins [3, 259], which are not both tokens made before it");
        refused(
                file,
                "{\"type\":\"byte-pair\",\"version\":1,\"merges\":[3,4,3,4]}",
                "merge 1 of the tokeniser, [3, 4], occurs twice");
        assertThrows(IllegalArgumentException.class, () -> BytePairTokenizer.train(CORPUS, 258));
    }

    private static void refused(Path file, String content, String message) throws IOException {
        Files.writeString(file, content);
        var e = assertThrows(BadInputException.class, () -> BytePairTokenizer.load(file));
        assertEquals(file + ": " + message, e.getMessage());
    }
}
