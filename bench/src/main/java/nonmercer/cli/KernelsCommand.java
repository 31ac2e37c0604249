package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.bench.Row;
import nonmercer.experiment.CataloguePage;
import nonmercer.io.AtomicFile;
import nonmercer.kernel.Catalogue;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The catalogue of kernels, as a table and as a page.
@Command(
        name = "kernels",
        description =
                "Lists the kernels of the catalogue, those of your own project included; writes docs/kernels.md.",
        mixinStandardHelpOptions = true)
final class KernelsCommand implements Callable<Integer> {
    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Also write them, with their evidence, as a page in Markdown.")
    private @Nullable Path page;

    @Option(
            names = "--speeds",
            paramLabel = "FILE",
            description =
                    "What `bench attention --kernel ... --json FILE` wrote; default: the speeds that the page has.")
    private @Nullable Path speeds;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Terminal.here();
        Table table = new Table("kernel", "positive definite", "features", "formula");
        for (Map.Entry<String, Kernel> e : Catalogue.kernels().entrySet()) {
            Kernel k = e.getValue();
            table.row(
                    e.getKey(),
                    word(k.traits().of(Trait.POSITIVE_DEFINITE)),
                    k.traits().features().toString(),
                    k.formula());
        }
        table.print(terminal.out());
        if (page != null) {
            Map<String, String> measured = new LinkedHashMap<>();
            if (Files.exists(page)) {
                measured.putAll(CataloguePage.speeds(Files.readString(page)));
            }
            if (speeds != null) {
                measured.putAll(measured(BenchReport.read(speeds)));
            }
            AtomicFile.write(page, CataloguePage.of(measured).text());
            terminal.out().println("page: " + page.toAbsolutePath().normalize());
        }
        return 0;
    }

    private static String word(Evidence e) {
        return switch (e) {
            case Evidence.Proved p -> "yes";
            case Evidence.Refuted r -> "no";
            case Evidence.Unknown u -> "unknown";
        };
    }

    /// What a run measured of full attention, by kernel: `forward 196 GFLOP/s (0.98 of ExpDot)`.
    static Map<String, String> measured(BenchReport report) {
        Map<String, String> speeds = new LinkedHashMap<>();
        for (Row row : report.rows()) {
            Object kernel = row.params().get("kernel");
            Object pass = row.params().get("pass");
            boolean plain = "none".equals(row.params().get("mask"));
            if (!row.suite().equals("attention") || kernel == null || pass == null || !plain) {
                continue;
            }
            String beside =
                    row.peers().stream()
                            .filter(p -> p.name().equals("our ExpDot"))
                            .map(p ->
                                    String.format(
                                            Locale.ROOT,
                                            " (%.2f of ExpDot)",
                                            row.value() / p.value()))
                            .findFirst()
                            .orElse("");
            String text =
                    String.format(
                            Locale.ROOT, "%s %.0f %s%s", pass, row.value(), row.unit(), beside);
            speeds.merge(
                    kernel.toString(),
                    text + ", L = " + row.params().get("L") + " on " + report.machine().cpu(),
                    (a, b) ->
                            text.startsWith("forward+") && !a.contains("forward+")
                                    ? a.replaceFirst(
                                            ", L = ",
                                            "; "
                                                    + java.util.regex.Matcher.quoteReplacement(text)
                                                    + ", L = ")
                                    : a);
        }
        return speeds;
    }
}
