package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.xml.parsers.DocumentBuilderFactory;
import nonmercer.proofs.Catalogue;
import nonmercer.proofs.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MathMlTest {
    /// The markup without the rows that only group.
    private static String html(String statement) {
        return MathMl.of(statement).replaceAll("</?mrow>", "").replaceAll("</?math>", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "for all points; for all points",
                "the rank of a matrix; the rank of a matrix",
                "xᵢ; <msub><mi>x</mi><mi>i</mi></msub>",
                "ℝᵈ; <msup><mi>ℝ</mi><mi>d</mi></msup>",
                "p_j^i; <msubsup><mi>p</mi><mi>j</mi><mi>i</mi></msubsup>",
                "q·k/√d; <mfrac><mi>q</mi><mo>·</mo><mi>k</mi><msqrt><mi>d</mi></msqrt></mfrac>",
                "√(n - D); <msqrt><mi>n</mi><mo>−</mo><mi>D</mi></msqrt>",
                "n!/(a! b); <mfrac><mi>n</mi><mo>!</mo><mi>a</mi><mo>!</mo><mspace width=\"0.2em\"/><mi>b</mi></mfrac>",
                "e^(-t²); <msup><mi>e</mi><mo>−</mo><msup><mi>t</mi><mn>2</mn></msup></msup>",
                "with a = 2; with <mi>a</mi><wbr/><mo form=\"infix\">=</mo><mn>2</mn>",
                "the sum a + b; the sum <mi>a</mi><wbr/><mo form=\"infix\">+</mo><mi>b</mi>",
                "the norm of (a + b); the norm of <mo stretchy=\"false\">(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo stretchy=\"false\">)</mo>",
                "from -x on; from <mo>−</mo><mi>x</mi> on",
                "for 20 seeds; for 20 seeds"
            })
    void formulasAreTypesetAndWordsAreNot(String statement, String markup) {
        assertEquals(markup, html(statement));
    }

    @Test
    void everyStatementIsWellFormed() throws Exception {
        for (Claim<?, ?> claim : Catalogue.claims()) {
            String page = "<p>" + MathMl.of(claim.statement()) + "</p>";
            Document read =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new java.io.StringReader(page)));
            String text = read.getDocumentElement().getTextContent().replaceAll("\\s+", "");
            // Braces, parentheses of fractions and roots, and signs of scripts are layout: letters
            // stay.
            String letters = claim.statement().replaceAll("[^a-zA-Zα-ωΑ-Ω]", "");
            String kept = text.replaceAll("[^a-zA-Zα-ωΑ-Ω]", "");
            assertTrue(kept.length() >= letters.length(), claim.id() + ": " + page);
        }
    }
}
