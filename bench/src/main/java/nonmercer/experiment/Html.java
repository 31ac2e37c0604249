package nonmercer.experiment;

import java.util.List;
import java.util.Map;

/// What the pages in HTML have in common: each is one file that needs no network.
final class Html {
    /// The style of a page with a table of measurements and pictures below.
    private static final String STYLE =
            """
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; color: #1b1b1b }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
            .wide { overflow-x: auto }
            table { border-collapse: collapse } th, td { padding: .25rem .8rem; text-align: left; border-bottom: 1px solid #ddd }
            td.number { text-align: right; font-variant-numeric: tabular-nums }
            .row { display: flex; flex-wrap: wrap; gap: 1.5rem }
            .row svg { max-width: 100%; height: auto } td { white-space: nowrap } td:first-child { white-space: normal; min-width: 9rem } figure { margin: 0 }
            figure img { width: 240px; image-rendering: pixelated } figcaption { max-width: 240px; font-size: .85rem }
            code { background: #f3f3f3; padding: 0 .2rem }
            """;

    private Html() {}

    /// The text with the characters escaped that HTML gives a meaning.
    static String text(String s) {
        return s.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// The beginning of a page of measurements, down to its title.
    static String head(String title) {
        return head(title, STYLE) + "<h1>" + text(title) + "</h1>\n";
    }

    /// The beginning of a page in this style, down to its body.
    static String head(String title, String style) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + text(title)
                + "</title>\n<style>\n"
                + style
                + "</style></head><body>\n";
    }

    /// A table, with cells that begin with a digit at the right.
    static String table(List<String> heading, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<div class=\"wide\"><table><tr>");
        heading.forEach(h -> out.append("<th>").append(text(h)).append("</th>"));
        out.append("</tr>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (String cell : row) {
                out.append(cell.matches("[0-9].*") ? "<td class=\"number\">" : "<td>")
                        .append(text(cell))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</table></div>\n").toString();
    }

    /// The end of a page: what it ran on, name and value.
    static String tail(Map<String, String> machine) {
        StringBuilder out = new StringBuilder("<h2>Machine and versions</h2>\n");
        out.append("<div class=\"wide\"><table>");
        machine.forEach((k, v) ->
                out.append("<tr><th>")
                        .append(text(k))
                        .append("</th><td>")
                        .append(text(v))
                        .append("</td></tr>\n"));
        return out.append("</table></div>\n</body></html>\n").toString();
    }
}
