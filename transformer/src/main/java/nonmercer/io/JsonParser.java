package nonmercer.io;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a [Json] value, strictly: RFC 8259 and nothing beyond it; a name occurs once in an object;
/// at most 512 levels.
final class JsonParser {
    private static final int DEEPEST = 512;

    private final String text;
    private final String name;
    private int at;

    JsonParser(String text, String name) {
        this.text = text;
        this.name = name;
    }

    Json parse() {
        skipSpace();
        Json value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw expected("the end of the text");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth == DEEPEST) {
            throw error("the text is nested deeper than " + DEEPEST + " levels");
        }
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw expected("a value");
        };
    }

    private Json members(int depth) {
        Map<String, Json> map = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new Json.Members(map);
        }
        while (true) {
            if (peek() != '"') {
                throw expected("a name in double quotes");
            }
            int start = at;
            String key = string();
            if (map.containsKey(key)) {
                at = start;
                throw error("the name \"" + key + "\" occurs twice in one object");
            }
            skipSpace();
            take(':', "':' after a name");
            skipSpace();
            map.put(key, value(depth + 1));
            skipSpace();
            if (peek() == '}') {
                at++;
                return new Json.Members(map);
            }
            take(',', "',' or '}'");
            skipSpace();
        }
    }

    private Json items(int depth) {
        List<Json> list = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new Json.Items(list);
        }
        while (true) {
            list.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new Json.Items(list);
            }
            take(',', "',' or ']'");
            skipSpace();
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            if (at == text.length()) {
                throw expected("'\"' at the end of a string");
            }
            char c = text.charAt(at);
            if (c < 0x20) {
                throw error("a control character in a string must be written as an escape");
            }
            at++;
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
                    if (digit < 0) {
                        throw expected("four hexadecimal digits after \\u");
                    }
                    code = code * 16 + digit;
                    at++;
                }
                yield (char) code;
            }
            default -> {
                at--;
                throw expected("one of \" \\ / b f n r t u after a backslash");
            }
        };
    }

    private Json number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        try {
            return new Json.Num(new BigDecimal(text.substring(start, at)));
        } catch (NumberFormatException e) {
            at = start;
            throw error("the exponent of a number is out of range");
        }
    }

    private void digits() {
        if (!isDigit(peek())) {
            throw expected("a digit");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return value;
    }

    private void take(char c, String what) {
        if (peek() != c) {
            throw expected(what);
        }
        at++;
    }

    /// The character here, or 0 at the end. A NUL in the text fits nowhere, so the two need no
    /// telling apart.
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private BadInputException expected(String what) {
        return error(
                "expected "
                        + what
                        + ", found "
                        + (at >= text.length()
                                ? "the end of the text"
                                : "'" + Character.toString(text.codePointAt(at)) + "'"));
    }

    private BadInputException error(String sentence) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new BadInputException(name + ":" + line + ":" + (at - start + 1) + ": " + sentence);
    }
}
