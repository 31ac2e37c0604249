package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The words and signs of a statement, as far as writing formulas in a line of text goes.
final class MathTokens {
    /// What a token is.
    enum Kind {
        WORD,
        NAME,
        NUMBER,
        SIGN,
        OPEN,
        CLOSE,
        FENCE,
        ROOT,
        SUB,
        SUP
    }

    /// A token; that of a script is what it holds.
    ///
    /// @param spaced whether a space comes before
    record Token(Kind kind, String text, boolean spaced) {
        boolean is(Kind other, String... texts) {
            return kind == other && (texts.length == 0 || List.of(texts).contains(text));
        }
    }

    private static final String LOW = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ";
    private static final String OF_LOW = "0123456789+-=()aeoxhklmnpstijruv";
    private static final String HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴬ";
    private static final String OF_HIGH = "0123456789+-=()abcdefghijklmnoprstuvwxyzTA";
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "exp", "ln", "log", "min", "max", "det", "cos", "sin", "tanh", "cosh",
                    "softmax", "Tr", "vec", "sup", "inf", "diag", "Var", "Cov", "Re", "Im");
    private static final Set<String> AFTER_A =
            Set.of("and", "or", "with", "is", "has", "have", "in", "on", "to", "than", "where");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private MathTokens(String text) {
        this.text = text;
    }

    /// The tokens of a text.
    static List<Token> of(String text) {
        MathTokens all = new MathTokens(text);
        while (all.at < text.length()) {
            all.next();
        }
        return articles(all.tokens);
    }

    private void next() {
        boolean spaced = at > 0 && Character.isWhitespace(text.charAt(at - 1));
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (letter(c)) {
            letters(spaced);
        } else if (Character.isDigit(c)) {
            int from = at;
            while (at < text.length() && (Character.isDigit(text.charAt(at)) || point())) {
                at++;
            }
            add(Kind.NUMBER, text.substring(from, at), spaced);
        } else if (LOW.indexOf(c) >= 0) {
            add(Kind.SUB, script(LOW, OF_LOW), spaced);
        } else if (HIGH.indexOf(c) >= 0) {
            add(Kind.SUP, script(HIGH, OF_HIGH), spaced);
        } else if ((c == '^' || c == '_') && at + 1 < text.length()) {
            at++;
            add(c == '^' ? Kind.SUP : Kind.SUB, braced(), spaced);
        } else {
            add(
                    kind(c),
                    text.substring(at, at + Character.charCount(text.codePointAt(at))),
                    spaced);
            at += Character.charCount(text.codePointAt(at));
        }
    }

    private static Kind kind(char c) {
        return "([⟨{⌊".indexOf(c) >= 0
                ? Kind.OPEN
                : ")]⟩}⌋".indexOf(c) >= 0
                        ? Kind.CLOSE
                        : c == '|' || c == '‖'
                                ? Kind.FENCE
                                : c == '√'
                                        ? Kind.ROOT
                                        : Character.isLetter(c) || "½¼∞".indexOf(c) >= 0
                                                ? Kind.NAME
                                                : Kind.SIGN;
    }

    private void add(Kind kind, String what, boolean spaced) {
        tokens.add(new Token(kind, what, spaced));
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private boolean letterAt(int i) {
        return i >= 0 && i < text.length() && letter(text.charAt(i));
    }

    private boolean point() {
        return text.charAt(at) == '.'
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1));
    }

    /// A word, the name of a function, or the letters of a product.
    private void letters(boolean spaced) {
        int from = at;
        while (letterAt(at) || at > from + 1 && joint()) {
            at++;
        }
        String run = text.substring(from, at);
        char after = at < text.length() ? text.charAt(at) : ' ';
        boolean marked =
                LOW.indexOf(after) >= 0 || HIGH.indexOf(after) >= 0 || after == '_' || after == '^';
        if (run.length() == 1
                || FUNCTIONS.contains(run)
                || after == '('
                || marked && run.length() < 4) {
            add(Kind.NAME, run, spaced);
        } else if (run.matches("[^aeiouyAEIOUY]{2,3}")
                && !run.equals(run.toUpperCase(java.util.Locale.ROOT))) {
            for (int i = 0; i < run.length(); i++) {
                add(Kind.NAME, run.substring(i, i + 1), spaced && i == 0);
            }
        } else {
            add(Kind.WORD, run, spaced);
        }
    }

    /// A hyphen or an apostrophe within a word.
    private boolean joint() {
        return at < text.length()
                && (text.charAt(at) == '-' || text.charAt(at) == '\'')
                && letterAt(at - 1)
                && letterAt(at + 1);
    }

    private String script(String marks, String letters) {
        StringBuilder held = new StringBuilder();
        while (at < text.length() && marks.indexOf(text.charAt(at)) >= 0) {
            held.append(letters.charAt(marks.indexOf(text.charAt(at++))));
        }
        return held.toString();
    }

    /// What `^` and `_` hold: what is in braces or parentheses, else one sign with its subscripts.
    private String braced() {
        char open = text.charAt(at);
        if (open == '{' || open == '(') {
            int depth = 0;
            for (int i = at; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += c == open ? 1 : c == (open == '{' ? '}' : ')') ? -1 : 0;
                if (depth == 0) {
                    String held = text.substring(at + 1, i);
                    at = i + 1;
                    return held;
                }
            }
        }
        int from = at++;
        while (at < text.length() && LOW.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /// The same tokens, with `a` a word where it is an article.
    private static List<Token> articles(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token t = tokens.get(i);
            boolean before = i == 0 || !tokens.get(i - 1).is(Kind.SIGN, "=", "+", "-", "·");
            boolean article =
                    t.is(Kind.NAME, "a", "A")
                            && before
                            && (t.text.equals("a") || i == 0)
                            && i + 1 < tokens.size()
                            && tokens.get(i + 1).is(Kind.WORD)
                            && tokens.get(i + 1).spaced
                            && !AFTER_A.contains(tokens.get(i + 1).text);
            out.add(article ? new Token(Kind.WORD, t.text, t.spaced) : t);
        }
        return out;
    }
}
