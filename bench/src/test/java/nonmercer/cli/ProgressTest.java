package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private String run(boolean interactive, int columns) {
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(err, err, interactive, columns);
        try (Progress progress = new Progress(terminal, "ExpDot", 40, clock::get)) {
            for (int step = 1; step <= 40; step++) {
                clock.addAndGet(1_000_000_000L);
                progress.at(step, "loss 0.500");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalItPrintsALineEveryTenSecondsAndAtTheEnd() {
        String[] lines = run(false, 80).split("\n", -1);
        assertEquals("ExpDot   25 %  loss 0.500, 0:30 left", lines[0]);
        assertEquals("ExpDot  100 %  loss 0.500, in 0:40", lines[lines.length - 2]);
        assertEquals(5, lines.length - 1, Arrays.toString(lines));
        assertTrue(
                bytes.toString(StandardCharsets.UTF_8)
                        .chars()
                        .noneMatch(c -> c == '\r' || c == '\u001b'));
    }

    @Test
    void onATerminalItDrawsOverOneLine() {
        String text = run(true, 80);
        assertEquals(1, text.chars().filter(c -> c == '\n').count());
        assertTrue(
                text.contains(
                        "\rExpDot  [##########----------]   50 %  loss 0.500, 0:20 left\u001b[K"),
                text);
    }

    @Test
    void aNarrowTerminalCutsTheLine() {
        for (String line : run(true, 30).split("\r", -1)) {
            assertTrue(line.replace("\u001b[K", "").strip().length() <= 29, line);
        }
    }
}
