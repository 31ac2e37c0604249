package nonmercer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import nonmercer.kernel.Gauss;
import org.junit.jupiter.api.Test;

class CataloguePageTest {
    private static final Path PAGE = Path.of("../docs/kernels.md");

    @Test
    void thePageOfTheDocumentationIsThatOfTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        assertEquals(
                CataloguePage.of(CataloguePage.speeds(page)).text(),
                page,
                "write it again: ./nonmercer kernels --page docs/kernels.md");
    }

    @Test
    void aPageKeepsItsSpeeds() {
        var page = new CataloguePage(Map.of("Gauss", new Gauss()), Map.of("Gauss", "196 GFLOP/s"));
        assertEquals(Map.of("Gauss", "196 GFLOP/s"), CataloguePage.speeds(page.text()));
        assertTrue(
                page.text()
                        .contains(
                                "| [Gauss](#gauss) | `exp(-‖q-k‖²/√d)` | yes | yes | yes | yes |"),
                page.text());
    }
}
