package nonmercer.text;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nonmercer.io.BadInputException;
import nonmercer.io.Json;

/// A byte-pair tokeniser over bytes (Sennrich, Haddow and Birch 2016; over bytes: Radford et al.
/// 2019).
///
/// Tokens are numbered: [#PAD], [#BOS], [#EOS], the 256 bytes, then one token for each merge, in
/// the order the merges were learned. Every string is encoded without an unknown token and
/// `decode(encode(s))` is `s`, for every Java string: a lone surrogate is three bytes like any
/// other character of its size.
///
/// Learning merges, again and again, the adjacent pair of tokens that is most frequent within
/// pieces of the corpus (a word or a run of digits or of punctuation with the space before it);
/// among equally frequent pairs the one of the smaller left, then smaller right token. So the same
/// corpus gives the same tokeniser. Safe for use by many threads.
public final class BytePairTokenizer {
    /// Fills a row behind a shorter sequence.
    public static final int PAD = 0;

    /// Begins a sequence a decoder produces.
    public static final int BOS = 1;

    /// Ends a sequence.
    public static final int EOS = 2;

    private static final int BYTES = 3; // the token of byte 0
    private static final int MERGED = BYTES + 256; // the token of the first merge
    private static final int MOST_CACHED = 1 << 16;
    private static final String TYPE = "byte-pair";
    private static final int VERSION = 1;

    private final long[] merges; // the pair of token MERGED + i
    private final Map<Long, Integer> tokenOf; // the token a pair merges to
    private final byte[][] bytesOf; // by token
    private final Map<String, int[]> cache = new ConcurrentHashMap<>();

    private BytePairTokenizer(long[] merges) {
        this.merges = merges;
        this.tokenOf = new HashMap<>();
        this.bytesOf = new byte[MERGED + merges.length][];
        Arrays.fill(bytesOf, 0, BYTES, new byte[0]);
        for (int b = 0; b < 256; b++) {
            bytesOf[BYTES + b] = new byte[] {(byte) b};
        }
        for (int i = 0; i < merges.length; i++) {
            tokenOf.put(merges[i], MERGED + i);
            byte[] left = bytesOf[(int) (merges[i] >>> 32)];
            byte[] right = bytesOf[(int) merges[i]];
            byte[] both = Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            bytesOf[MERGED + i] = both;
        }
    }

    /// A tokeniser with at most this many tokens: fewer if no further pair occurs twice in the
    /// corpus.
    ///
    /// @param vocabulary at least 259, the special tokens and the bytes
    public static BytePairTokenizer train(Iterable<String> corpus, int vocabulary) {
        if (vocabulary < MERGED) {
            throw new IllegalArgumentException(
                    "a byte-pair tokeniser needs at least "
                            + MERGED
                            + " tokens (3 special ones and 256 bytes), got "
                            + vocabulary);
        }
        Map<String, Integer> pieces = new LinkedHashMap<>();
        for (String text : corpus) {
            Pieces.of(text).forEach(piece -> pieces.merge(piece, 1, Integer::sum));
        }
        PairCounter counter = new PairCounter();
        pieces.forEach((piece, count) -> counter.add(bytes(piece), count));
        long[] merges = new long[vocabulary - MERGED];
        for (int i = 0; i < merges.length; i++) {
            merges[i] = counter.merge(MERGED + i);
            if (merges[i] < 0) {
                merges = Arrays.copyOf(merges, i);
            }
        }
        return new BytePairTokenizer(merges);
    }

    /// The number of tokens, special ones included.
    public int size() {
        return bytesOf.length;
    }

    /// The tokens of a text, without special ones.
    public int[] encode(String text) {
        List<String> pieces = Pieces.of(text);
        int[] out = new int[Math.max(16, text.length())];
        int n = 0;
        for (String piece : pieces) {
            int[] tokens = tokens(piece);
            if (n + tokens.length > out.length) {
                out = Arrays.copyOf(out, 2 * (n + tokens.length));
            }
            System.arraycopy(tokens, 0, out, n, tokens.length);
            n += tokens.length;
        }
        return Arrays.copyOf(out, n);
    }

    /// The text of these tokens; special tokens are left out. Bytes that are no valid UTF-8, as a
    /// model may produce, become U+FFFD.
    ///
    /// @throws IllegalArgumentException if a number is no token
    public String decode(int... tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            if (token < 0 || token >= size()) {
                throw new IllegalArgumentException(
                        "decode: "
                                + token
                                + " is no token; this tokeniser has "
                                + size()
                                + " tokens");
            }
            bytes.writeBytes(bytesOf[token]);
        }
        return Utf8.decode(bytes.toByteArray(), bytes.size());
    }

    private int[] tokens(String piece) {
        int[] known = cache.get(piece);
        if (known == null) {
            known = merged(bytes(piece));
            if (cache.size() < MOST_CACHED) {
                cache.put(piece, known);
            }
        }
        return known;
    }

    /// Merges in the order they were learned: the earliest that applies, wherever it applies.
    private int[] merged(int[] tokens) {
        while (true) {
            int earliest = Integer.MAX_VALUE;
            for (int k = 1; k < tokens.length; k++) {
                Integer token = tokenOf.get(PairCounter.pair(tokens[k - 1], tokens[k]));
                if (token != null && token < earliest) {
                    earliest = token;
                }
            }
            if (earliest == Integer.MAX_VALUE) {
                return tokens;
            }
            tokens = PairCounter.replace(tokens, merges[earliest - MERGED], earliest);
        }
    }

    private static int[] bytes(String piece) {
        byte[] bytes = Utf8.encode(piece);
        int[] tokens = new int[bytes.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = BYTES + (bytes[i] & 0xFF);
        }
        return tokens;
    }

    /// The merges as JSON: `{"type": "byte-pair", "version": 1, "merges": [left, right, left,
    /// right, …]}`.
    public Json toJson() {
        int[] flat = new int[2 * merges.length];
        for (int i = 0; i < merges.length; i++) {
            flat[2 * i] = (int) (merges[i] >>> 32);
            flat[2 * i + 1] = (int) merges[i];
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("type", Json.of(TYPE));
        members.put("version", Json.of(VERSION));
        members.put("merges", Json.of(flat));
        return Json.of(members);
    }

    /// The tokeniser that [#toJson()] described.
    ///
    /// @throws BadInputException if the value does not describe one
    public static BytePairTokenizer of(Json json) {
        String type = json.get("type").text();
        int version = json.get("version").int32();
        if (!type.equals(TYPE) || version != VERSION) {
            throw new BadInputException(
                    "expected a tokeniser of type \""
                            + TYPE
                            + "\", version "
                            + VERSION
                            + ", found \""
                            + type
                            + "\", version "
                            + version);
        }
        List<Json> flat = json.get("merges").items();
        if (flat.size() % 2 != 0) {
            throw new BadInputException(
                    "the merges of a tokeniser come in pairs, found " + flat.size() + " numbers");
        }
        long[] merges = new long[flat.size() / 2];
        Map<Long, Integer> seen = new HashMap<>();
        for (int i = 0; i < merges.length; i++) {
            int left = flat.get(2 * i).int32();
            int right = flat.get(2 * i + 1).int32();
            if (Math.min(left, right) < BYTES || Math.max(left, right) >= MERGED + i) {
                throw new BadInputException(
                        "merge "
                                + i
                                + " of the tokeniser joins ["
                                + left
                                + ", "
                                + right
                                + "], which are not both tokens made before it");
            }
            merges[i] = PairCounter.pair(left, right);
            if (seen.put(merges[i], i) != null) {
                throw new BadInputException(
                        "merge "
                                + i
                                + " of the tokeniser, ["
                                + left
                                + ", "
                                + right
                                + "], occurs twice");
            }
        }
        return new BytePairTokenizer(merges);
    }

    /// Creates or replaces a JSON file.
    public void save(Path file) {
        toJson().write(file);
    }

    /// The tokeniser saved in a file.
    ///
    /// @throws BadInputException if the file does not hold one
    public static BytePairTokenizer load(Path file) {
        Json json = Json.read(file);
        try {
            return of(json);
        } catch (BadInputException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        }
    }

    /// Equal merges, hence equal tokens for every text.
    @Override
    public boolean equals(Object other) {
        return other instanceof BytePairTokenizer t && Arrays.equals(t.merges, merges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(merges);
    }

    @Override
    public String toString() {
        return "byte-pair tokeniser of " + size() + " tokens";
    }
}
