package nonmercer.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Words in the sense of the bag of words and of near-duplicates: lower-cased maximal runs of letters, digits and
/// marks, so `can''t open {0}` is `can`, `t`, `open`, `0`.
///
/// Scripts written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) give one word a character.
public final class Words {
    private Words() {}

    /// The words of a text, in order, repetitions included.
    public static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lower.length(); ) {
            int c = lower.codePointAt(i);
            int end = i + Character.charCount(c);
            boolean alone = isUnspaced(c);
            if (start >= 0 && (alone || !isWordPart(c))) {
                words.add(lower.substring(start, i));
                start = -1;
            }
            if (alone) {
                words.add(lower.substring(i, end));
            } else if (start < 0 && isWordPart(c)) {
                start = i;
            }
            i = end;
        }
        if (start >= 0) {
            words.add(lower.substring(start));
        }
        return words;
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
