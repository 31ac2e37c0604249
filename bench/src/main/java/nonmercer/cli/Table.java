package nonmercer.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under a heading, in columns: text to the left, numbers to the right.
///
/// ```
/// kernel   accuracy
/// ExpDot      0.731
/// ```
public final class Table {
    private final String[] heading;
    private final List<String[]> rows = new ArrayList<>();

    /// A table with these columns.
    public Table(String... heading) {
        this.heading = heading.clone();
    }

    /// Adds a row, one cell a column.
    public Table row(String... cells) {
        if (cells.length != heading.length) {
            throw new IllegalArgumentException(
                    "row: "
                            + cells.length
                            + " cells for "
                            + heading.length
                            + " columns: "
                            + Arrays.toString(cells));
        }
        rows.add(cells.clone());
        return this;
    }

    /// Prints heading and rows.
    public void print(PrintStream out) {
        out.print(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        List<String[]> all = new ArrayList<>();
        if (Arrays.stream(heading).anyMatch(h -> !h.isEmpty())) {
            all.add(heading);
        }
        all.addAll(rows);
        for (String[] row : all) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String pad = " ".repeat(width(c) - row[c].length());
                line.append(c == 0 ? "" : "  ").append(isNumeric(c) ? pad + row[c] : row[c] + pad);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        int width = heading[column].length();
        for (String[] row : rows) {
            width = Math.max(width, row[column].length());
        }
        return width;
    }

    /// A column whose every cell starts like a number, or is empty, or a dash.
    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row[column].matches("|-|[-+±]?[0-9].*"));
    }
}
