package nonmercer.io;

import java.util.List;
import java.util.Map;

/// Writes a [Json] value.
final class JsonWriter {
    private final boolean pretty;
    private final StringBuilder out = new StringBuilder();

    JsonWriter(boolean pretty) {
        this.pretty = pretty;
    }

    String write(Json value) {
        value(value, 0);
        return out.toString();
    }

    private void value(Json value, int depth) {
        switch (value) {
            case Json.Members m -> members(m.map(), depth);
            case Json.Items i -> items(i.list(), depth);
            case Json.Text t -> text(t.value());
            case Json.Num n -> out.append(n.value());
            case Json.Bool b -> out.append(b.value());
            case Json.Null _ -> out.append("null");
        }
    }

    private void members(Map<String, Json> map, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Json> member : map.entrySet()) {
            out.append(separator);
            line(depth + 1);
            text(member.getKey());
            out.append(pretty ? ": " : ":");
            value(member.getValue(), depth + 1);
            separator = ",";
        }
        if (!map.isEmpty()) {
            line(depth);
        }
        out.append('}');
    }

    private void items(List<Json> list, int depth) {
        boolean onOneLine = list.stream().allMatch(v -> v instanceof Json.Num);
        out.append('[');
        String separator = "";
        for (Json item : list) {
            out.append(separator);
            if (!onOneLine) {
                line(depth + 1);
            } else if (pretty && !separator.isEmpty()) {
                out.append(' ');
            }
            value(item, depth + 1);
            separator = ",";
        }
        if (!onOneLine) {
            line(depth);
        }
        out.append(']');
    }

    private void line(int depth) {
        if (pretty) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7F || isLoneSurrogate(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
