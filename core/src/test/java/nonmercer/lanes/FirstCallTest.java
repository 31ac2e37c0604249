package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The first call of a loop, in a fresh JVM and interpreted, gives the bits of a call after 20,000
/// others, compiled; and these are the bits of the scalar loops at every width.
final class FirstCallTest {
    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    @Test
    void coldAndHotAndEveryWidthGiveTheSameBits() throws Exception {
        Child definition =
                Child.run(MODULE, "-Dnonmercer.lanes=scalar", "nonmercer.lanes.FirstCalls", "1");
        Map<String, String> expected = bits(definition, "scalar");
        assertTrue(expected.size() > 2 * 100, "loops listed: " + expected.size());
        Map<String, CompletableFuture<Child>> children = new TreeMap<>();
        for (String width : List.of("128", "256", "512")) {
            children.put(width, CompletableFuture.supplyAsync(() -> hot(width)));
        }
        children.forEach((width, child) ->
                assertEquals(
                        expected,
                        bits(child.join(), width),
                        "bits at " + width + " against scalar"));
    }

    private static Child hot(String width) {
        try {
            return Child.run(
                    MODULE, "-Dnonmercer.lanes=" + width, "nonmercer.lanes.FirstCalls", "20000");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first call's hash of each loop, which must be the later call's too.
    private static Map<String, String> bits(Child child, String width) {
        assertEquals(0, child.exit(), () -> width + ": " + child.lines());
        Map<String, String> bits = new TreeMap<>();
        for (String line : child.lines()) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 3 && !parts[0].equals("lanes")) {
                assertEquals(
                        parts[1],
                        parts[2],
                        () -> width + ": first and later bits of " + parts[0] + " differ");
                bits.put(parts[0], parts[1]);
            }
        }
        return bits;
    }
}
