package nonmercer.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nonmercer.experiment.MathTokens.Kind;
import nonmercer.experiment.MathTokens.Token;

/// A statement as HTML, its formulas typeset in MathML: `q·k/√d` becomes a fraction, `xᵢ` a letter
/// with an index.
///
/// A formula in a sentence ends at the next word, and may break before a relation, a plus or a
/// minus.
final class MathMl {
    private static final Set<String> RELATIONS =
            Set.of("=", "≠", "≤", "≥", "<", ">", "∈", "→", "↦", "≈", "⇔", "⇒");
    private static final Set<String> TERMS = Set.of("+", "-");
    private static final Set<String> PUNCTUATION = Set.of(",", ";", ":", ".");

    private final List<Token> tokens;
    private int at;

    private MathMl(List<Token> tokens) {
        this.tokens = tokens;
    }

    /// The statement as HTML.
    static String of(String statement) {
        List<Token> tokens = MathTokens.of(statement.strip());
        boolean[] prose = prose(tokens);
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < tokens.size()) {
            Token t = tokens.get(i);
            boolean goesOn = i > 0 && !prose[i] && !prose[i - 1];
            out.append(goesOn ? "<wbr/>" : t.spaced() ? " " : "");
            if (prose[i]) {
                out.append(Html.text(t.text()));
                i++;
                continue;
            }
            int end = i + 1;
            while (end < tokens.size() && !prose[end] && !(breaks(tokens, i, end))) {
                end++;
            }
            out.append(formula(tokens.subList(i, end)));
            i = end;
        }
        return out.toString();
    }

    /// Whether a relation, or a sign between two terms, stands at `end` outside of all brackets.
    private static boolean breaks(List<Token> tokens, int from, int end) {
        Token t = tokens.get(end);
        return t.kind() == Kind.SIGN
                && t.spaced()
                && (RELATIONS.contains(t.text()) || joins(tokens, end))
                && depth(tokens, from, end) == 0;
    }

    private static boolean joins(List<Token> tokens, int at) {
        return TERMS.contains(tokens.get(at).text())
                && at + 1 < tokens.size()
                && tokens.get(at + 1).spaced();
    }

    private static int depth(List<Token> tokens, int from, int to) {
        int depth = 0;
        boolean fenced = false;
        for (Token t : tokens.subList(from, to)) {
            depth += t.kind() == Kind.OPEN ? 1 : t.kind() == Kind.CLOSE ? -1 : 0;
            fenced ^= t.kind() == Kind.FENCE;
        }
        return depth + (fenced ? 1 : 0);
    }

    /// Which tokens are not part of a formula: words, the parentheses around them, punctuation
    /// outside of brackets, and numbers and signs that stand alone.
    private static boolean[] prose(List<Token> tokens) {
        int n = tokens.size();
        boolean[] prose = new boolean[n];
        int[] opened = new int[n + 1];
        int depth = 0;
        for (int i = 0; i < n; i++) {
            Token t = tokens.get(i);
            if (t.kind() == Kind.WORD) {
                prose[i] = true;
                for (int d = 0; d < depth; d++) {
                    prose[opened[d]] = true;
                }
            } else if (t.kind() == Kind.OPEN) {
                opened[depth++] = i;
            } else if (t.kind() == Kind.CLOSE && depth > 0) {
                prose[i] = prose[opened[--depth]];
            }
        }
        depth = 0;
        for (int i = 0; i < n; i++) {
            Token t = tokens.get(i);
            depth += prose[i] ? 0 : t.kind() == Kind.OPEN ? 1 : t.kind() == Kind.CLOSE ? -1 : 0;
            prose[i] |= depth == 0 && t.kind() == Kind.SIGN && PUNCTUATION.contains(t.text());
        }
        for (int from = 0; from < n; from++) {
            int to = from;
            boolean formula = false;
            while (to < n && !prose[to]) {
                Kind k = tokens.get(to++).kind();
                formula |= k != Kind.NUMBER && k != Kind.SIGN && k != Kind.OPEN && k != Kind.CLOSE;
            }
            for (int i = from; i < to && !formula; i++) {
                prose[i] = true;
            }
            from = Math.max(from, to - 1);
        }
        return prose;
    }

    private static String formula(List<Token> tokens) {
        return "<math>" + new MathMl(tokens).row(tokens.size()) + "</math>";
    }

    /// A part of a row: its markup, and what it would be without its parentheses.
    private record Item(String markup, String bare, boolean sign, boolean spaced, boolean name) {}

    private String row(int end) {
        return row(items(end));
    }

    private static String row(List<Item> items) {
        StringBuilder out = new StringBuilder("<mrow>");
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.spaced && i > 0 && !item.sign && !items.get(i - 1).sign) {
                out.append("<mspace width=\"0.2em\"/>");
            }
            out.append(item.markup);
        }
        return out.append("</mrow>").toString();
    }

    private List<Item> items(int end) {
        List<Item> items = new ArrayList<>();
        while (at < end) {
            Token t = tokens.get(at);
            boolean tight = at + 1 < end && !t.spaced() && !tokens.get(at + 1).spaced();
            if (t.is(Kind.SIGN, "/") && tight && !items.isEmpty() && !items.getLast().sign) {
                at++;
                items.add(fraction(items, end));
            } else {
                items.add(item(end));
            }
        }
        return items;
    }

    /// Takes the factors that stand close together as the numerator, and what follows as the
    /// denominator.
    private Item fraction(List<Item> items, int end) {
        List<Item> over = new ArrayList<>();
        boolean spaced = false;
        boolean more = true;
        while (more && !items.isEmpty()) {
            Item last = items.removeLast();
            over.addFirst(last);
            spaced = last.spaced;
            more =
                    !spaced
                            && !items.isEmpty()
                            && (!items.getLast().sign
                                    || items.getLast().markup.contains(">·<")
                                            && !items.getLast().spaced);
        }
        List<Item> under = new ArrayList<>();
        under.add(item(end));
        while (under.getLast().name
                && at < end
                && tokens.get(at).is(Kind.OPEN)
                && !tokens.get(at).spaced()) {
            under.add(item(end));
        }
        return new Item(
                "<mfrac>" + part(over) + part(under) + "</mfrac>", "", false, spaced, false);
    }

    private static String part(List<Item> items) {
        return items.size() == 1 && !items.getFirst().bare.isEmpty()
                ? items.getFirst().bare
                : row(items);
    }

    /// The next token with its scripts.
    private Item item(int end) {
        Token t = tokens.get(at);
        Item base = base(end);
        String markup = base.markup;
        String bare = base.bare;
        String sub = "";
        String sup = "";
        while (at < end && !tokens.get(at).spaced()) {
            Token s = tokens.get(at);
            if (s.kind() == Kind.SUB && sub.isEmpty()) {
                sub = scripted(s.text());
            } else if (s.kind() == Kind.SUP && sup.isEmpty()) {
                sup = scripted(s.text());
            } else if (s.is(Kind.SIGN, "'") && sup.isEmpty()) {
                sup = "<mo>′</mo>";
            } else if (s.is(Kind.SIGN, "*")
                    && t.kind() == Kind.NAME
                    && sup.isEmpty()
                    && postfix(end)) {
                sup = "<mo>*</mo>";
            } else {
                break;
            }
            at++;
            bare = "";
        }
        markup = script(markup, sub, sup);
        if (at < end && tokens.get(at).is(Kind.SIGN, "!") && !base.sign) {
            at++;
            markup = "<mrow>" + markup + "<mo>!</mo></mrow>";
            bare = "";
        }
        return new Item(markup, bare, base.sign, t.spaced(), t.kind() == Kind.NAME);
    }

    /// Whether nothing that `*` could multiply comes after it.
    private boolean postfix(int end) {
        return at + 1 >= end
                || tokens.get(at + 1).is(Kind.CLOSE)
                || tokens.get(at + 1).is(Kind.OPEN)
                || tokens.get(at + 1).is(Kind.SIGN)
                || tokens.get(at + 1).spaced();
    }

    private static String script(String base, String sub, String sup) {
        if (sub.isEmpty()) {
            return sup.isEmpty() ? base : "<msup>" + base + sup + "</msup>";
        }
        return sup.isEmpty()
                ? "<msub>" + base + sub + "</msub>"
                : "<msubsup>" + base + sub + sup + "</msubsup>";
    }

    private static String scripted(String text) {
        List<Token> inner = MathTokens.of(text);
        List<Token> letters = new ArrayList<>();
        for (Token t : inner) {
            boolean product = t.kind() == Kind.WORD;
            for (String s : product ? t.text().split("") : new String[] {t.text()}) {
                letters.add(new Token(product ? Kind.NAME : t.kind(), s, t.spaced()));
            }
        }
        return new MathMl(letters).row(letters.size());
    }

    private Item base(int end) {
        Token t = tokens.get(at++);
        return switch (t.kind()) {
            case NAME ->
                    plain(
                            t,
                            t.text().equals("½")
                                    ? half(1, 2)
                                    : t.text().equals("¼")
                                            ? half(1, 4)
                                            : "<mi>" + t.text() + "</mi>");
            case NUMBER -> plain(t, "<mn>" + t.text() + "</mn>");
            case ROOT -> at < end ? root(t, end) : plain(t, "<mo>√</mo>");
            case OPEN -> group(t, end);
            case FENCE -> fenced(t, end);
            case SUB, SUP ->
                    plain(
                            t,
                            script(
                                    "<mi></mi>",
                                    t.kind() == Kind.SUB ? scripted(t.text()) : "",
                                    t.kind() == Kind.SUP ? scripted(t.text()) : ""));
            case WORD -> plain(t, "<mtext>" + Html.text(t.text()) + "</mtext>");
            case SIGN, CLOSE -> {
                String sign = t.text().equals("-") ? "−" : Html.text(t.text());
                boolean operand = t.is(Kind.SIGN, "…", "°", "∞", "Σ", "Π", "∫");
                boolean continues = at == 1 && t.spaced() && joins(tokens, 0);
                boolean infix = continues || RELATIONS.contains(t.text());
                String form = infix ? "<mo form=\"infix\">" : "<mo>";
                yield new Item(form + sign + "</mo>", "", !operand, t.spaced(), false);
            }
        };
    }

    private static String half(int a, int b) {
        return "<mfrac><mn>" + a + "</mn><mn>" + b + "</mn></mfrac>";
    }

    private static Item plain(Token t, String markup) {
        return new Item(markup, "", false, t.spaced(), t.kind() == Kind.NAME);
    }

    private Item root(Token t, int end) {
        Item under = item(end);
        String inner = under.bare.isEmpty() ? under.markup : under.bare;
        return new Item("<msqrt>" + inner + "</msqrt>", "", false, t.spaced(), false);
    }

    /// What is between brackets, up to the one that closes.
    private Item group(Token open, int end) {
        int depth = 1;
        int close = at;
        while (close < end) {
            Kind k = tokens.get(close).kind();
            depth += k == Kind.OPEN ? 1 : k == Kind.CLOSE ? -1 : 0;
            if (depth == 0) {
                break;
            }
            close++;
        }
        String inner = row(close);
        String shut = at < end ? tokens.get(at++).text() : "";
        boolean tall = inner.contains("<mfrac>");
        String markup =
                "<mrow>" + bracket(open.text(), tall) + inner + bracket(shut, tall) + "</mrow>";
        boolean round = open.text().equals("(") && shut.equals(")");
        return new Item(markup, round ? inner : "", false, open.spaced(), false);
    }

    private static String bracket(String text, boolean tall) {
        return text.isEmpty() ? "" : (tall ? "<mo>" : "<mo stretchy=\"false\">") + text + "</mo>";
    }

    /// What is between two bars of a kind.
    private Item fenced(Token open, int end) {
        int close = at;
        while (close < end && !tokens.get(close).is(Kind.FENCE, open.text())) {
            close++;
        }
        if (close == end) {
            return new Item("<mo>" + open.text() + "</mo>", "", true, open.spaced(), false);
        }
        String inner = row(close);
        at++;
        String bar = open.text();
        return new Item(
                "<mrow><mo form=\"prefix\">"
                        + bar
                        + "</mo>"
                        + inner
                        + "<mo form=\"postfix\">"
                        + bar
                        + "</mo></mrow>",
                "",
                false,
                open.spaced(),
                false);
    }
}
