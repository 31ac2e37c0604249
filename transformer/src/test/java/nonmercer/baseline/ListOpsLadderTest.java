package nonmercer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.data.Split;
import nonmercer.data.task.Classified;
import nonmercer.data.task.ListOps;
import nonmercer.data.task.ListOpsTree;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class ListOpsLadderTest {
    private static List<Classified> expressions(String... texts) {
        return Stream.of(texts)
                .map(ListOpsTree::parse)
                .map(t -> new Classified(t.tokens(), t.value()))
                .toList();
    }

    private static List<Integer> right(List<Classified> train, String test) {
        return ListOpsLadder.train(train).climb(expressions(test)).stream()
                .map(r -> r.accuracy().right())
                .toList();
    }

    @Test
    void aRungSeesNoMoreThanItsNameSays() {
        List<Classified> train =
                expressions(
                        "[MIN 3 5 ]", // 3 is as frequent as 9, and less
                        "[MAX 3 1 ]",
                        "[MAX 1 3 ]",
                        "[MIN [MAX 1 1 ] 4 ]",
                        "[MIN [MAX 1 1 ] 4 ]",
                        "[MAX 9 [MIN 1 1 ] ]",
                        "[MAX 9 [MIN 1 1 ] ]",
                        "[MAX 9 [MIN 1 1 ] ]");
        // The prior says 3, MIN says 1, its digit says 4, which in training came with a 1; in the
        // top
        // level, the inner MAX counts as 1.
        assertEquals(List.of(0, 1, 0, 1, 1, 1, 1), right(train, "[MIN [MAX 1 1 ] 4 ]"));
        // MAX says 9; its digits say 3, a value that in training was the whole.
        assertEquals(List.of(1, 0, 1, 1, 1, 1, 1), right(train, "[MAX 3 2 ]"));
        // Without a direct digit it falls back on the operator.
        assertEquals(1, right(train, "[MAX [MAX 9 0 ] [MAX 9 1 ] ]").get(2));
    }

    @Test
    void itClimbsAsMeasuredOnTheOriginal() {
        Split<Classified> data = ListOps.longRange().split(8000, 0, 4000, RandomStream.of(2));
        List<ListOpsLadder.Rung> rungs = ListOpsLadder.train(data.train()).climb(data.test());
        double[] original = {.169, .3605, .480, .487, .5005, .594, .737, .832, .895};
        assertEquals(original.length, rungs.size());
        // Hoeffding at 1e-9 for 10,000 examples here (0.0327) and 40,000 there (0.0164); what a
        // rung
        // learns is learnt from 20,000, which costs the fifth, with the most keys, a point or two.
        for (int i = 0; i < original.length; i++) {
            double slack = i == 4 ? 0.04 : 0;
            assertEquals(
                    original[i],
                    rungs.get(i).accuracy().value(),
                    0.0518 + 0.0164 + slack,
                    rungs.get(i).name());
        }
        for (int i = 6; i < original.length; i++) {
            assertTrue(rungs.get(i).accuracy().right() > rungs.get(i - 1).accuracy().right());
        }
    }

    @Test
    void whatIsNoDeeperIsEvaluatedWhole() {
        Split<Classified> data = new ListOps(3, 10, 16, 64).split(500, 0, 500, RandomStream.of(1));
        List<ListOpsLadder.Rung> rungs = ListOpsLadder.train(data.train()).climb(data.test());
        assertEquals("the top 2 levels evaluated", rungs.getLast().name());
        assertEquals(500, rungs.getLast().accuracy().right());
    }
}
