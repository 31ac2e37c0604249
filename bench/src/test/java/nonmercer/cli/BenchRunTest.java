package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import nonmercer.array.DType;
import nonmercer.bench.Budget;
import nonmercer.bench.Case;
import nonmercer.bench.Limit;
import nonmercer.bench.Rounds;
import nonmercer.bench.Suite;
import org.junit.jupiter.api.Test;

class BenchRunTest {
    private record Two(List<Case> cases) implements Suite {
        @Override
        public String name() {
            return "two";
        }

        @Override
        public String about() {
            return "one that throws and one that does not";
        }
    }

    private static Case of(String work, Runnable call) {
        return new Case(
                "two",
                work,
                Map.of("n", 3),
                DType.FLOAT32,
                new Case.Amount(1e6, new Limit.Items("token")),
                () -> new Case.Contest(call, () -> {}, List.of()));
    }

    @Test
    void aCaseThatThrowsDoesNotTakeTheOthersWithIt() {
        Runnable throwing =
                () -> {
                    throw new IllegalStateException("no room");
                };
        List<Case> cases = List.of(of("first", throwing), of("second", Thread::onSpinWait));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        80);
        BenchRun.Result result =
                new BenchRun(
                                Map.of(new Two(cases), cases),
                                List.of(1),
                                n -> new Rounds(Budget.QUICK, n),
                                terminal)
                        .measure();
        assertEquals(List.of("second"), result.rows().stream().map(r -> r.work()).toList());
        String sentence = "two first float32 n=3, threads 1: failed: no room";
        assertEquals(List.of(sentence), result.failures());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(sentence));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("second"));
    }
}
