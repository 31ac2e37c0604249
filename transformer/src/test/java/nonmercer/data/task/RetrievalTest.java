package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;

class RetrievalTest {
    private static int[] identifier(int[] document, int length, int marker) {
        int at = 0;
        while (document[at] != marker) {
            at++;
        }
        return Arrays.copyOfRange(document, at + 1, at + 1 + length);
    }

    private static int differences(Retrieval task, Classified e) {
        int n = task.document();
        assertEquals(task.symbols() + 1, e.tokens()[n], "the separator");
        int[] a = identifier(Arrays.copyOf(e.tokens(), n), task.identifier(), task.symbols());
        int[] b =
                identifier(
                        Arrays.copyOfRange(e.tokens(), n + 1, 2 * n + 1),
                        task.identifier(),
                        task.symbols());
        int differ = 0;
        for (int i = 0; i < a.length; i++) {
            differ += a[i] != b[i] ? 1 : 0;
        }
        return differ;
    }

    @Test
    void theClassSaysWhetherTheIdentifiersAreEqual() {
        Retrieval task = Retrieval.longRange();
        for (int i = 0; i < 50; i++) {
            Classified e = task.draw(RandomStream.of(1).at(i));
            assertEquals(8001, e.tokens().length);
            assertEquals(e.label() == 1, differences(task, e) == 0);
            assertEquals(2, Arrays.stream(e.tokens()).filter(t -> t == task.symbols()).count());
        }
    }

    /// Half of the pairs are equal, and the others differ in 1 to 4 places, each number alike:
    /// Bernstein at 1e-9 each.
    @Test
    void unequalOnesDifferInAnyNumberOfPlaces() {
        Retrieval task = new Retrieval(8, 4, 5);
        int n = 20_000;
        int[] counts = new int[5];
        RandomStream random = RandomStream.of(2);
        for (int i = 0; i < n; i++) {
            counts[differences(task, task.draw(random))]++;
        }
        for (int d = 0; d <= 4; d++) {
            double p = d == 0 ? 0.5 : 0.125;
            assertEquals(p, (double) counts[d] / n, Chance.bernstein(n, p * (1 - p), 1));
        }
    }

    @Test
    void anIdentifierMustFitIntoItsDocument() {
        assertThrows(IllegalArgumentException.class, () -> new Retrieval(4, 4, 16));
        assertTrue(new Retrieval(5, 4, 16).draw(RandomStream.of(1)).tokens().length == 11);
    }
}
