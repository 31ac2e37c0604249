package nonmercer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JmhTest {
    @Test
    void aCaseIsMeasuredInJvmsOfTheirOwn() {
        System.setProperty(
                "jmh.ignoreLock", "true"); // another build on this machine may be here, too
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Case c = Suites.find("softmax log-sum-exp float32 m=1024 n=1024");
        Row row =
                new Jmh(1, 0.01, 1, new PrintStream(log, true, StandardCharsets.UTF_8)).measure(c);
        String text = log.toString(StandardCharsets.UTF_8);
        assertEquals("log-sum-exp", row.work());
        assertEquals(1, row.threads());
        assertEquals("GB/s", row.unit());
        assertTrue(row.value() > 0 && row.bound() > 0, row + "\n" + text);
        assertTrue(text.contains("gc.alloc.rate.norm"), text);
    }
}
