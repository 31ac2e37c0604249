package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import nonmercer.baseline.NearestNeighbour;
import nonmercer.data.Pair;
import nonmercer.data.PairCorpus;
import nonmercer.experiment.ModelSize;
import nonmercer.experiment.Translate;
import nonmercer.metric.Bleu;
import nonmercer.model.Decoding;
import nonmercer.model.Design;
import nonmercer.model.Translator;
import nonmercer.train.Epoch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Trains an encoder-decoder on parallel messages, or translates lines with a saved one.
@Command(
        name = "translate",
        description = {
            "Trains an encoder-decoder on the JDK's parallel messages, or your own pairs, and reports BLEU.",
            "With --load, translates the lines of a file with a saved translator instead."
        },
        mixinStandardHelpOptions = true)
final class TranslateCommand implements Callable<Integer> {
    private static final int BEAMS = 4;
    private static final int SHOWN = 3; // translations shown while it learns
    private static final int SAMPLES = 20; // translations shown at the end

    @Option(
            names = "--to",
            paramLabel = "LANGUAGE",
            description = "de, ja or zh_CN (default: ${DEFAULT-VALUE}).",
            defaultValue = "de")
    private String language = "de";

    @Mixin private AttentionOptions attention;

    @Option(
            names = "--size",
            description = "The model: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "MEDIUM")
    private ModelSize size = ModelSize.MEDIUM;

    @Option(
            names = "--epochs",
            description = "Epochs of training (default: ${DEFAULT-VALUE}).",
            defaultValue = "40")
    private int epochs;

    @Option(
            names = "--seed",
            description = "Of everything random (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private long seed;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Your own data: lines of source<TAB>target. Default: the JDK's messages.")
    private @Nullable Path data;

    @Option(names = "--save", paramLabel = "DIR", description = "Save the trained translator.")
    private @Nullable Path save;

    @Option(
            names = "--load",
            paramLabel = "DIR",
            description = "Translate with the translator saved there; nothing is trained.")
    private @Nullable Path load;

    @Option(
            names = "--beams",
            description =
                    "Beams when translating with --load; 1 is greedy (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int beams;

    @Parameters(
            arity = "0..1",
            defaultValue = "-",
            paramLabel = "FILE",
            description = "With --load: lines of text, UTF-8; - is standard input.")
    private String file = "-";

    @Mixin private JsonFile json;

    @Override
    public Integer call() throws IOException {
        json.check();
        Terminal terminal = Terminal.here();
        return load == null ? train(terminal) : translate(load, terminal);
    }

    private int translate(Path folder, Terminal terminal) throws IOException {
        Translator translator = Translator.load(folder);
        int longest = translator.model().encoder().config().sizes().longest();
        List<String> lines = Lines.of(file);
        List<String> written =
                translator.translate(
                        lines,
                        beams == 1 ? Decoding.greedy(longest) : Decoding.beam(beams, longest));
        written.forEach(terminal.out()::println);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("source", lines.get(i));
            row.put("translation", written.get(i));
            rows.add(row);
        }
        json.write("translate", rows);
        return 0;
    }

    private int train(Terminal terminal) throws IOException {
        PairCorpus corpus = data == null ? PairCorpus.ofJdk(language) : PairCorpus.read(data);
        Translate experiment =
                new Translate(
                        corpus,
                        language,
                        attention.in(Design.standard()).attention(),
                        size,
                        epochs,
                        seed);
        Translate.Data prepared = experiment.prepare();
        List<Pair> test = prepared.split().test();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s: %,d pairs; %,d to train on, %,d to validate, %,d to test%n",
                        corpus.name(),
                        corpus.pairs().size(),
                        prepared.split().train().size(),
                        prepared.split().validation().size(),
                        test.size());
        Translator translator;
        try (Watch watch =
                new Watch(
                        terminal,
                        attention.in(Design.standard()).attention().label(),
                        experiment.sample(prepared.split().validation(), SHOWN))) {
            translator = experiment.train(prepared, watch);
        }
        report(experiment, translator, prepared, terminal);
        if (save != null) {
            translator.save(save);
            terminal.out().println("saved in " + save);
        }
        return 0;
    }

    private void report(
            Translate experiment, Translator translator, Translate.Data prepared, Terminal terminal)
            throws IOException {
        List<Pair> test = prepared.split().test();
        Bleu bleu = Bleu.ofLanguage(language);
        List<String> references = test.stream().map(Pair::target).toList();
        List<String> sources = test.stream().map(Pair::source).toList();
        NearestNeighbour neighbour = NearestNeighbour.of(prepared.split().train());
        List<String> retrieved = sources.stream().map(neighbour::translate).toList();
        List<String> greedy = Translate.translate(translator, test, 1);
        List<String> beam = Translate.translate(translator, test, BEAMS);
        double tokens = experiment.tokenAccuracy(translator, test);
        List<Row> rows = new ArrayList<>();
        String kernel = attention.in(Design.standard()).attention().label();
        rows.add(new Row("copy the source", bleu.score(sources, references).score(), null));
        rows.add(new Row("nearest neighbour", bleu.score(retrieved, references).score(), null));
        rows.add(new Row(kernel + ", greedy", bleu.score(greedy, references).score(), tokens));
        rows.add(
                new Row(
                        kernel + ", " + BEAMS + " beams",
                        bleu.score(beam, references).score(),
                        tokens));
        Table table = new Table("on " + test.size() + " test pairs", "BLEU", "token accuracy");
        for (Row row : rows) {
            table.row(
                    row.system,
                    String.format(Locale.ROOT, "%.1f", row.bleu),
                    row.tokenAccuracy == null
                            ? "-"
                            : String.format(Locale.ROOT, "%.3f", row.tokenAccuracy));
        }
        table.print(terminal.out());
        terminal.out().println("BLEU: " + bleu.signature());
        terminal.out().println();
        terminal.out().println(SAMPLES + " test pairs drawn at random:");
        for (Pair p : experiment.sample(test, SAMPLES)) {
            terminal.out().println("  source      " + p.source());
            terminal.out().println("  translation " + beam.get(test.indexOf(p)));
            terminal.out().println("  reference   " + p.target());
            terminal.out().println();
        }
        json.write("translate", rows);
    }

    /// A row of the table and of the JSON.
    record Row(String system, double bleu, @Nullable Double tokenAccuracy) {}

    /// Shows the training, and a few translations as it learns.
    private static final class Watch implements Translate.Watcher, AutoCloseable {
        private final Terminal terminal;
        private final TrainingProgress progress;
        private final List<Pair> shown;

        Watch(Terminal terminal, String kernel, List<Pair> shown) {
            this.terminal = terminal;
            this.progress = new TrainingProgress(terminal, kernel, 1);
            this.shown = shown;
        }

        @Override
        public void step(nonmercer.train.Progress p) {
            progress.step(p);
        }

        @Override
        public void epoch(Epoch epoch, Translator translator) {
            progress.epoch(epoch);
            if (epoch.number() % 5 == 0) {
                List<String> now = Translate.translate(translator, shown, 1);
                terminal.err().printf("%nafter epoch %d%n", epoch.number());
                for (int i = 0; i < now.size(); i++) {
                    terminal.err().println("  " + shown.get(i).source() + "\n  -> " + now.get(i));
                }
            }
        }

        @Override
        public void close() {
            progress.close();
        }
    }
}
