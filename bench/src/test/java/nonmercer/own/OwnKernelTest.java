package nonmercer.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.attention.Attention;
import nonmercer.bench.Case;
import nonmercer.bench.Suites;
import nonmercer.data.LabelledCorpus;
import nonmercer.experiment.CataloguePage;
import nonmercer.experiment.Compare;
import nonmercer.experiment.ModelSize;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.KernelExpression;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Laws;
import nonmercer.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A kernel in one file of its own is known by its qualified name in every expression; one line in
/// `META-INF/services/nonmercer.kernel.Kernel` puts it into the catalogue.
class OwnKernelTest {
    @TempDir Path folder;

    private <T> T registered(Callable<T> action) throws Exception {
        Path services = folder.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.writeString(services.resolve("nonmercer.kernel.Kernel"), Cusp.class.getName() + "\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader own = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(own);
            return action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void itKeepsTheLaws() {
        Laws.of(new Cusp())
                .specimens(Cusp.specimens().toArray(nonmercer.kernel.Specimen[]::new))
                .assertHold();
    }

    @Test
    void itTrainsInCompare() throws IOException {
        List<String> lines = new ArrayList<>();
        String[] things = {"door", "book", "light", "window", "music", "house", "street", "table"};
        for (String thing : things) {
            for (String verb : List.of("open", "bring", "find")) {
                lines.add("command\t" + verb + " the " + thing + " now");
                lines.add("question\twhere is the " + thing + " you " + verb);
            }
        }
        Path file = folder.resolve("texts.tsv");
        Files.write(file, lines);
        Compare compare = new Compare(LabelledCorpus.read(file), ModelSize.SMALL, 2, 1, 1);
        Compare.Result result =
                compare.train(
                        Attention.of(KernelExpression.parse(Cusp.class.getName() + " + 0.5*gauss")),
                        compare.prepare(),
                        Listener.silent());
        var epochs = result.trainings().getFirst().epochs();
        assertEquals(2, epochs.size());
        assertTrue(epochs.getLast().loss() < epochs.getFirst().loss());
        assertEquals("nonmercer.own.Cusp + 0.5*Gauss", result.name());
    }

    @Test
    void itIsMeasuredByTheBench() {
        List<Case> cases = Suites.attention(List.of(Cusp.class.getName(), "gauss(2)")).cases();
        assertEquals(
                List.of(
                        "nonmercer.own.Cusp",
                        "nonmercer.own.Cusp",
                        "Gauss(scale=2)",
                        "Gauss(scale=2)"),
                cases.stream().map(c -> c.params().get("kernel")).toList());
    }

    @Test
    void registeredItIsInTheCatalogueTheLawsAndThePage() throws Exception {
        assertTrue(!Catalogue.kernels().containsKey("Cusp"));
        registered(() -> {
            assertEquals(new Cusp(), Catalogue.kernels().get("Cusp"));
            assertEquals(new Cusp().plus(new ExpDot()), KernelExpression.parse("cusp + expdot"));
            assertEquals("Cusp", KernelExpression.print(new Cusp()));
            assertTrue(Candidate.catalogue().stream().anyMatch(c -> c.kernel().equals(new Cusp())));
            String page = CataloguePage.of(Map.of("Cusp", "forward 100 GFLOP/s")).text();
            assertTrue(page.contains("## Cusp\n\n`1/(‖q-k‖₁ + 1)`"), page);
            assertTrue(page.contains("- measured: forward 100 GFLOP/s"), page);
            assertEquals(
                    List.of("Cusp"),
                    Suites.attention(List.of("cusp")).cases().stream()
                            .map(c -> c.params().get("kernel"))
                            .distinct()
                            .toList());
            return true;
        });
        assertEquals("Gauss(scale=2)", KernelExpression.label(KernelExpression.parse("gauss(2)")));
        assertEquals("Gauss", KernelExpression.label(new Gauss()));
    }
}
