package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProofsCommandTest {
    @TempDir Path folder;
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aProjectOfItsOwn() {
        System.setProperty("nonmercer.project", folder.toString());
    }

    @AfterEach
    void noProject() {
        System.clearProperty("nonmercer.project");
    }

    private int run(String... arguments) {
        return Main.run(Main.commandLine().setErr(new PrintWriter(err)), arguments);
    }

    @Test
    void aRowHasWhatAReaderOfTheLedgerAsksFor() throws IOException {
        Path json = folder.resolve("out.json");
        assertEquals(0, run("proofs", "--claim", "C2,c13f", "--json", json.toString()));
        JsonNode rows = JsonMapper.builder().build().readTree(json.toFile()).get("rows");
        assertEquals(2, rows.size());
        JsonNode row = rows.get(0);
        assertEquals(
                Set.of(
                        "claim",
                        "statement",
                        "source",
                        "verdict",
                        "evidence",
                        "printedStatement",
                        "cases",
                        "margin",
                        "mutants",
                        "seconds"),
                Set.copyOf(row.propertyNames()));
        assertEquals("C2", row.get("claim").asString());
        assertEquals("holds", row.get("verdict").asString());
        assertEquals("EXACT", row.get("evidence").asString());
        JsonNode mutant = row.get("mutants").get(0);
        assertEquals(Set.of("name", "killed"), Set.copyOf(mutant.propertyNames()));
        assertTrue(mutant.get("killed").asBoolean());
    }

    @Test
    void pagesNeedNoNetworkAndNoScript() throws IOException {
        assertEquals(0, run("proofs", "--claim", "C2", "--seed", "9"));
        for (String name : new String[] {"index.html", "C2.html"}) {
            String page = Files.readString(folder.resolve("target/proofs").resolve(name));
            assertTrue(page.contains("<math>"), name);
            assertFalse(page.contains("<script"), name);
            assertFalse(page.replace("http://www.w3.org/", "").contains("http"), name);
        }
        String page = Files.readString(folder.resolve("target/proofs/C2.html"));
        assertTrue(page.contains("./nonmercer proofs --claim C2 --seed 9"), page);
    }

    @Test
    void theIndexKeepsTheVerdictsOfClaimsThatWereNotJudged() throws IOException {
        Path index = folder.resolve("claims.md");
        assertEquals(0, run("proofs", "--claim", "C2", "--page", index.toString()));
        assertEquals(0, run("proofs", "--claim", "C13f", "--page", index.toString()));
        Map<String, Boolean> holds =
                Map.of(
                        "| **C2** ", true,
                        "| **C13f** ", true,
                        "| **C1** ", false);
        for (String line : Files.readString(index).lines().toList()) {
            holds.forEach((start, judged) ->
                    assertTrue(
                            !line.startsWith(start) || judged == line.endsWith("| holds |"), line));
        }
    }

    @Test
    void anUnknownClaimIsNamed() {
        assertEquals(2, run("proofs", "--claim", "C99"));
        assertTrue(err.toString().contains("there is no claim C99; there are A1"), err.toString());
    }
}
