package nonmercer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PiecesTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all(),
                Arbitraries.strings().withChars("ab1 \n.{\uD83D\uDE00é\u0301").ofMaxLength(300));
    }

    @Property
    void thePiecesJoinedAreTheText(@ForAll("texts") String text) {
        List<String> pieces = Pieces.of(text);
        assertEquals(text, String.join("", pieces));
        // 64 and, where the last character is a surrogate pair, one more.
        assertTrue(pieces.stream().allMatch(p -> !p.isEmpty() && p.length() <= 65));
    }

    @Test
    void wordsTakeTheSpaceBeforeThem() {
        assertEquals(
                List.of("can", "''", "t", " open", " {", "0", "}:", "  \n ", " x", "86", " "),
                Pieces.of("can''t open {0}:  \n  x86 "));
        assertEquals(List.of("a".repeat(64), "a".repeat(6)), Pieces.of("a".repeat(70)));
    }
}
