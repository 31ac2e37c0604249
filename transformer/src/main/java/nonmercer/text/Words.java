package nonmercer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Words: maximal runs of letters, digits and marks. What lies between them are signs.
///
/// Scripts written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) give one
/// word a character.
public final class Words {
    private Words() {}

    /// The words of a text in lower case, in order: `Can''t open {0}` is `can`, `t`, `open`, `0`.
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        cut(text.toLowerCase(Locale.ROOT), words, false);
        return words;
    }

    /// The words of a text as they stand, and each sign that is not white space, in order: `Can''t
    /// {0}` is `Can`, `'`, `'`, `t`, `{`, `0`, `}`.
    public static List<String> andSigns(String text) {
        List<String> words = new ArrayList<>();
        cut(text, words, true);
        return words;
    }

    private static void cut(String text, List<String> out, boolean signs) {
        int start = -1; // of the run that is open
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            boolean inRun = isWordPart(c) && !isUnspaced(c);
            if (start >= 0 && !inRun) {
                out.add(text.substring(start, i));
                start = -1;
            }
            if (inRun) {
                start = start < 0 ? i : start;
            } else if (isUnspaced(c)
                    || signs && !Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                out.add(text.substring(i, end));
            }
            i = end;
        }
        if (start >= 0) {
            out.add(text.substring(start));
        }
    }

    private static boolean isWordPart(int c) {
        return Character.isLetterOrDigit(c)
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    private static boolean isUnspaced(int c) {
        if (c < 0x0E00 || !Character.isLetter(c)) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
