package nonmercer.text;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into the pieces inside which byte pairs are merged: a run of letters and marks, of
/// digits, or of other characters, each with the one space before it, or a run of white space.
///
/// A piece has at most 64 characters, so that encoding takes linear time whatever the text. The
/// pieces joined are the text.
final class Pieces {
    private static final int LONGEST = 64;

    private enum Kind {
        LETTER,
        DIGIT,
        SPACE,
        OTHER
    }

    private Pieces() {}

    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = end(text, start);
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    private static int end(String text, int start) {
        int at = start;
        Kind kind = kind(text, at);
        if (leadsWord(text, at)) {
            at++;
            kind = kind(text, at);
        }
        do {
            at += Character.charCount(text.codePointAt(at));
        } while (at < text.length()
                && at - start < LONGEST
                && kind(text, at) == kind
                && !(kind == Kind.SPACE && leadsWord(text, at)));
        return at;
    }

    /// A plain space before something that is not white space belongs to that.
    private static boolean leadsWord(String text, int at) {
        return text.charAt(at) == ' ' && at + 1 < text.length() && kind(text, at + 1) != Kind.SPACE;
    }

    private static Kind kind(String text, int at) {
        int c = text.codePointAt(at);
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    Kind.LETTER;
            case Character.DECIMAL_DIGIT_NUMBER -> Kind.DIGIT;
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    Kind.SPACE;
            default -> Character.isWhitespace(c) ? Kind.SPACE : Kind.OTHER;
        };
    }
}
