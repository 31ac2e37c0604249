package nonmercer.data.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nonmercer.data.task.ListOpsTree.Applied;
import nonmercer.data.task.ListOpsTree.Digit;
import nonmercer.data.task.ListOpsTree.Operator;
import nonmercer.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListOpsTreeTest {
    @ParameterizedTest
    @CsvSource({
        "[MAX 2 9 [MIN 4 7 ] 0 ], 9",
        "[SM 5 5 5 ], 5",
        "[MED 1 4 ], 2",
        "[MED 8 9 ], 8",
        "[MIN 3 [SM 9 9 ] ], 3",
        "[MED 7 1 3 ], 3",
        "[MED 9 0 0 9 ], 4",
        "[SM [SM 9 9 ] [MAX 3 1 ] ], 1",
        "7, 7"
    })
    void anExpressionHasItsValueAndItsText(String text, int value) {
        ListOpsTree tree = ListOpsTree.parse(text);
        assertEquals(value, tree.value());
        assertEquals(text, tree.toString());
        assertEquals(text.split(" ", -1).length, tree.length());
    }

    @Test
    void itIsWrittenInTokens() {
        ListOpsTree tree =
                Applied.of(
                        Operator.SM,
                        List.of(
                                new Digit(3),
                                Applied.of(Operator.MIN, List.of(new Digit(0), new Digit(9)))));
        assertArrayEquals(new int[] {13, 3, 10, 0, 9, 14, 14}, tree.tokens());
        assertEquals(tree, ListOpsTree.of(tree.tokens()));
    }

    @Test
    void tokensAndTextAreReadBackAsTheyWereDrawn() {
        ListOps task = new ListOps(5, 10, 1, 500);
        for (int i = 0; i < 200; i++) {
            ListOpsTree tree = task.tree(RandomStream.of(1).at(i));
            assertEquals(tree, ListOpsTree.of(tree.tokens()));
            assertEquals(tree, ListOpsTree.parse(tree.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "[MAX 1",
                "1 ]",
                "[MAX ]",
                "1 2",
                "[AND 1 2 ]",
                "[MAX 1 ] [MAX 1 ]"
            })
    void whatIsNoExpressionIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ListOpsTree.parse(text));
    }
}
