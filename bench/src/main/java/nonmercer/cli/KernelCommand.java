package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.experiment.KernelPage;
import nonmercer.io.AtomicFile;
import nonmercer.io.BadInputException;
import nonmercer.kernel.Diagnostics;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelExpression;
import nonmercer.kernel.Trait;
import nonmercer.random.RandomStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is known of a kernel, and what its Gram matrix on some points says.
@Command(
        name = "kernel",
        description = {
            "Prints what is known of a kernel, with its evidence, and what its Gram matrix says on some points;",
            "writes both as a page with pictures, target/kernel/index.html.",
            "A kernel is a name or an expression, such as \"0.5*gauss(2) + expdot\"."
        },
        mixinStandardHelpOptions = true)
final class KernelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KERNEL", description = "A name or an expression.")
    private String text = "";

    @Option(
            names = "--points",
            paramLabel = "FILE",
            description =
                    "Points, one a line, coordinates between blanks or commas; default: drawn at random.")
    private @Nullable String points;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Other points for the keys; default: the queries are the keys.")
    private @Nullable String keys;

    @Option(
            names = "--count",
            description = "Points to draw, from a normal distribution (default: ${DEFAULT-VALUE}).",
            defaultValue = "40")
    private int count;

    @Option(
            names = "--dimension",
            description = "Their coordinates (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int dimension;

    @Option(
            names = "--seed",
            description = "Of the points (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        Terminal terminal = Terminal.here();
        Kernel kernel = KernelOption.of(text);
        double[][] x = points == null ? drawn() : read(points);
        double[][] y = keys == null ? x : read(keys);
        Diagnostics diagnostics = Diagnostics.of(kernel, x, y);
        Map<String, String> about = about(kernel);
        Map<String, String> evidence = evidence(kernel);
        Map<String, String> found = KernelFacts.of(diagnostics, x[0].length);
        for (Map<String, String> part : List.of(about, evidence, found)) {
            int wide = part.keySet().stream().mapToInt(String::length).max().orElse(0);
            part.forEach((name, value) ->
                    terminal.out().println(name + " ".repeat(wide + 2 - name.length()) + value));
            terminal.out().println();
        }
        Path page = Build.project().resolve("target/kernel/index.html");
        AtomicFile.write(page, new KernelPage(diagnostics, about, evidence, found).html());
        terminal.out().println("page: " + page.toAbsolutePath().normalize());
        json.write("kernel", List.of(row(kernel, diagnostics, x[0].length)));
        return 0;
    }

    private static Map<String, String> about(Kernel kernel) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("kernel", KernelExpression.label(kernel));
        about.put("formula", kernel.formula());
        put(about, "about", kernel.about());
        put(about, "source", kernel.source());
        put(about, "trained", String.join(", ", kernel.parameters()));
        about.put("features", kernel.traits().features().toString());
        about.put("cost", KernelPage.cost(kernel));
        return about;
    }

    private static void put(Map<String, String> to, String name, String text) {
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    private static Map<String, String> evidence(Kernel kernel) {
        Map<String, String> evidence = new LinkedHashMap<>();
        for (Trait trait : Trait.values()) {
            Evidence e = kernel.traits().of(trait);
            evidence.put(
                    trait.words(),
                    e instanceof Evidence.Refuted r
                            ? String.format(
                                    Locale.ROOT,
                                    "%s, violated by %.3g",
                                    e,
                                    trait.violation(kernel, r.witness()))
                            : e.toString());
        }
        return evidence;
    }

    private double[][] drawn() {
        if (count < 1 || dimension < 1) {
            throw new BadInputException(
                    "--count and --dimension: expected at least 1, got "
                            + count
                            + " and "
                            + dimension);
        }
        RandomStream random = RandomStream.of(seed).at("points");
        double[][] x = new double[count][dimension];
        for (double[] point : x) {
            for (int l = 0; l < dimension; l++) {
                point[l] = random.nextGaussian();
            }
        }
        return x;
    }

    private static double[][] read(String file) throws IOException {
        List<String> lines = Lines.of(file);
        double[][] x =
                lines.stream()
                        .filter(l -> !l.isBlank())
                        .map(l -> point(file, l))
                        .toArray(double[][]::new);
        if (x.length == 0) {
            throw new BadInputException(file + " holds no point");
        }
        for (double[] point : x) {
            if (point.length != x[0].length) {
                throw new BadInputException(
                        file
                                + ": all points have as many coordinates, got "
                                + x[0].length
                                + " and "
                                + point.length);
            }
        }
        return x;
    }

    private static double[] point(String file, String line) {
        String[] cells = line.strip().split("[\\s,;]+", -1);
        double[] point = new double[cells.length];
        for (int l = 0; l < cells.length; l++) {
            try {
                point[l] = Double.parseDouble(cells[l]);
            } catch (NumberFormatException e) {
                throw new BadInputException(
                        file + ": expected a number, found '" + cells[l] + "'", e);
            }
        }
        return point;
    }

    private static Map<String, Object> row(Kernel kernel, Diagnostics d, int dimension) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kernel", KernelExpression.label(kernel));
        row.put("formula", kernel.formula());
        row.put("features", kernel.traits().features().toString());
        row.put("evidence", evidence(kernel));
        row.put("queries", d.gram().length);
        row.put("keys", d.gram()[0].length);
        row.put("dimension", dimension);
        row.put("rank", d.rank());
        row.put("rankTolerance", d.tolerance());
        row.put("rankBound", d.rankBound(dimension));
        row.put("singularValues", d.singularValues());
        d.condition().ifPresent(c -> row.put("condition", c));
        d.spectrum()
                .ifPresent(s -> {
                    row.put("eigenvalues", s.eigenvalues());
                    row.put("psdDefect", s.psdDefect());
                    row.put("inertia", s.inertia());
                    row.put("asymmetry", s.asymmetry());
                });
        d.weights()
                .ifPresent(w -> {
                    row.put("rowEntropy", w.entropy());
                    row.put("sharpness", w.sharpness());
                });
        return row;
    }
}
