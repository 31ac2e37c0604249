package nonmercer.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/// How far a piece of work is: a bar that is drawn over on a terminal, else a plain line now and
/// then.
///
/// ```
/// ExpDot  [##########----------]  50 %  loss 0.412, 81,204 tokens/s, 0:12 left
/// ```
///
/// Call [#at] as often as you like: it draws ten times a second on a terminal, every ten seconds
/// elsewhere.
public final class Progress implements AutoCloseable {
    private static final int BAR = 20;
    private static final long ON_TERMINAL = 100_000_000L; // ns between two drawings
    private static final long IN_A_LOG = 10_000_000_000L;

    private final Terminal terminal;
    private final String title;
    private final long total;
    private final LongSupplier clock;
    private final long start;
    private long last;
    private String note = "";
    private long done;
    private boolean drawn;

    Progress(Terminal terminal, String title, long total, LongSupplier clock) {
        this.terminal = terminal;
        this.title = title;
        this.total = Math.max(1, total);
        this.clock = clock;
        this.start = clock.getAsLong();
        this.last = start - ON_TERMINAL;
        if (!terminal.interactive()) {
            this.last = start;
        }
    }

    /// `done` of the total steps are behind us; `note` is what there is to say, such as the loss.
    public void at(long done, String note) {
        this.done = Math.min(done, total);
        this.note = note;
        long now = clock.getAsLong();
        if (now - last >= (terminal.interactive() ? ON_TERMINAL : IN_A_LOG)) {
            last = now;
            draw(now);
        }
    }

    /// Leaves the last state standing on a line of its own.
    @Override
    public void close() {
        draw(clock.getAsLong());
        if (terminal.interactive()) {
            terminal.err().println();
        }
        terminal.err().flush();
    }

    private void draw(long now) {
        String text = line(now);
        if (terminal.interactive()) {
            int width = Math.max(1, terminal.columns() - 1);
            String cut = text.length() > width ? text.substring(0, width) : text;
            terminal.err().print("\r" + cut + "\u001b[K");
        } else if (!drawn || done > 0) {
            terminal.err().println(text);
        }
        drawn = true;
        terminal.err().flush();
    }

    private String line(long now) {
        int filled = (int) (BAR * done / total);
        String bar =
                terminal.interactive()
                        ? "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]  "
                        : "";
        String percent = String.format(Locale.ROOT, "%3d %%", 100 * done / total);
        String time =
                done == 0
                        ? ""
                        : done < total ? time(left(now)) + " left" : "in " + time(now - start);
        String tail = note.isEmpty() || time.isEmpty() ? note + time : note + ", " + time;
        return (title + "  " + bar + percent + "  " + tail).stripTrailing();
    }

    private long left(long now) {
        return (long) ((double) (now - start) / done * (total - done));
    }

    private static String time(long nanos) {
        long s = Math.round(nanos * 1e-9);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
