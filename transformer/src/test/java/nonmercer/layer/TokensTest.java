package nonmercer.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import nonmercer.attention.Mask;
import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void shorterSequencesArePaddedAtTheEnd() {
        Tokens tokens =
                Tokens.padded(List.of(new int[] {5, 6}, new int[] {}, new int[] {7, 8, 9}), 1);
        assertArrayEquals(new int[] {5, 6, 1, 1, 1, 1, 7, 8, 9}, tokens.ids());
        assertArrayEquals(new int[] {2, 0, 3}, tokens.lengths());
        assertEquals(3, tokens.batch());
        assertEquals(3, tokens.length());
        assertEquals(5, tokens.count());
        assertEquals(Mask.lengths(2, 0, 3), tokens.mask());
        assertEquals("Tokens[3 x 3]", tokens.toString());
    }

    @Test
    void withoutPaddingNothingIsMasked() {
        assertEquals(
                Mask.none(), Tokens.padded(List.of(new int[] {5, 6}, new int[] {7, 8}), 0).mask());
    }

    @Test
    void tokensAreEqualByWhatTheyHold() {
        Tokens a = Tokens.padded(List.of(new int[] {5, 6}, new int[] {7}), 0);
        assertEquals(a, Tokens.padded(List.of(new int[] {5, 6}, new int[] {7}), 0));
        assertEquals(
                a.hashCode(),
                Tokens.padded(List.of(new int[] {5, 6}, new int[] {7}), 0).hashCode());
        assertNotEquals(
                a, Tokens.padded(List.of(new int[] {5, 6}, new int[] {7, 0}), 0)); // the same ids
    }

    @Test
    void countsThatDisagreeAreRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Tokens(new int[5], 2, 3, new int[2]));
        assertEquals(
                "tokens: 2 sequences of length 3 are 6 ids and 2 lengths, got 5 and 2",
                e.getMessage());
        var f =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Tokens(new int[6], 2, 3, new int[] {3, 4}));
        assertEquals("tokens: a sequence of 4 tokens among sequences of length 3", f.getMessage());
    }
}
