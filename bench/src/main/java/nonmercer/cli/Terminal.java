package nonmercer.cli;

import java.io.PrintStream;

/// Where a command speaks: results on standard output, what passes (progress, warnings) on standard
/// error.
///
/// @param out results
/// @param err progress and warnings
/// @param interactive whether `err` is a terminal, where a line may be drawn over
/// @param columns the width of that terminal
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /// The terminal of this process: the launcher says whether there is one (`nonmercer.terminal`,
    /// its width or 0).
    public static Terminal here() {
        int said = Integer.getInteger("nonmercer.terminal", 0);
        return new Terminal(System.out, System.err, said > 0, said > 0 ? said : USUAL_COLUMNS);
    }

    /// Begins a piece of work of `total` steps.
    public Progress progress(String title, long total) {
        return new Progress(this, title, total, System::nanoTime);
    }
}
