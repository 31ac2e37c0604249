package nonmercer.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// How BLEU cuts a sentence into tokens; the names in sacrebleu's signatures are `13a`, `zh`,
/// `char` and `none`.
public enum BleuTokens {
    /// The rules of `mteval-v13a.pl`, for languages that put spaces between words: ASCII
    /// punctuation stands alone, except full stops and commas between digits, hyphens not after a
    /// digit, and apostrophes.
    MTEVAL_13A("13a") {
        @Override
        List<String> cut(String line) {
            String s = line.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
            s =
                    s.replace("&quot;", "\"")
                            .replace("&amp;", "&")
                            .replace("&lt;", "<")
                            .replace("&gt;", ">");
            return separated(" " + s + " ");
        }
    },
    /// Every character of the East Asian blocks stands alone; the rest as in [#MTEVAL_13A].
    ///
    /// sacrebleu compares characters with `'\u20000'`, which Python reads as U+2000 and a zero, so
    /// that general punctuation, arrows, mathematical operators and all else from U+2001 to U+2A6D
    /// stands alone too, and ideographs beyond U+FFFF do not. Scores are comparable only if this is
    /// kept.
    CHINESE("zh") {
        @Override
        List<String> cut(String line) {
            StringBuilder spaced = new StringBuilder();
            trim(line)
                    .codePoints()
                    .forEach(c -> {
                        if (isSeparate(c)) {
                            spaced.append(' ').appendCodePoint(c).append(' ');
                        } else {
                            spaced.appendCodePoint(c);
                        }
                    });
            return separated(spaced.toString());
        }
    },
    /// Every character that is not white space.
    CHARACTERS("char") {
        @Override
        List<String> cut(String line) {
            return line.codePoints()
                    .filter(c -> !isSpace(c))
                    .mapToObj(Character::toString)
                    .toList();
        }
    },
    /// What white space separates.
    NONE("none") {
        @Override
        List<String> cut(String line) {
            return words(line);
        }
    };

    private static final Pattern PUNCTUATION = Pattern.compile("([ -&(-+/:-@\\[-`{-~])");
    private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    /// First and last of each range of characters that stand alone in [#CHINESE].
    private static final int[] SEPARATE = {
        0x2001, 0x2A6D, 0x2E80, 0x2FDF, 0x2FF0, 0x303F, 0x3100, 0x312F, 0x31A0, 0x31EF, 0x3200,
        0x4DB5, 0x4E00, 0x9FBB, 0xF900, 0xFA2D, 0xFA30, 0xFA6A, 0xFA70, 0xFAD9, 0xFE10, 0xFE1F,
        0xFE30, 0xFE4F, 0xFF00, 0xFFEF
    };

    private final String signature;

    BleuTokens(String signature) {
        this.signature = signature;
    }

    /// The tokens of a sentence; white space at its end does not count.
    public List<String> of(String sentence) {
        int end = sentence.length();
        while (end > 0 && isSpace(sentence.charAt(end - 1))) {
            end--;
        }
        return cut(sentence.substring(0, end));
    }

    /// The name in sacrebleu's signature.
    public String signature() {
        return signature;
    }

    abstract List<String> cut(String line);

    private static List<String> separated(String line) {
        String s = PUNCTUATION.matcher(line).replaceAll(" $1 ");
        s = AFTER_NO_DIGIT.matcher(s).replaceAll("$1 $2 ");
        s = BEFORE_NO_DIGIT.matcher(s).replaceAll(" $1 $2");
        s = HYPHEN_AFTER_DIGIT.matcher(s).replaceAll("$1 $2 ");
        return words(s);
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= line.length(); i++) {
            boolean inside = i < line.length() && !isSpace(line.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(line.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static String trim(String line) {
        int start = 0;
        while (start < line.length() && isSpace(line.charAt(start))) {
            start++;
        }
        return line.substring(start);
    }

    /// White space in Python's sense.
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static boolean isSeparate(int c) {
        for (int i = 0; i < SEPARATE.length; i += 2) {
            if (SEPARATE[i] <= c && c <= SEPARATE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
