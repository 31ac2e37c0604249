package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textStandsLeftAndNumbersRight() {
        Table table =
                new Table("kernel", "accuracy", "known")
                        .row("ExpDot", "0.731", "symmetric")
                        .row("ExpIntersection", "12.5 %", "-");
        assertEquals(
                """
                kernel           accuracy  known
                ExpDot              0.731  symmetric
                ExpIntersection    12.5 %  -
                """,
                table.toString());
    }

    @Test
    void aTableWithoutHeadingIsItsRows() {
        assertEquals(
                "cores   2\nlanes  16\n",
                new Table("", "").row("cores", "2").row("lanes", "16").toString());
    }

    @Test
    void aRowOfTheWrongLengthIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").row("1"));
    }
}
