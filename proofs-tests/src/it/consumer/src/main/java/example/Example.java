package example;

import java.nio.file.Path;
import java.util.List;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.optim.AdamW;
import nonmercer.autodiff.optim.Schedule;
import nonmercer.data.Labelled;
import nonmercer.data.LabelledCorpus;
import nonmercer.kernel.ExpDot;
import nonmercer.kernel.Gauss;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.Sizes;
import nonmercer.model.TextClassifier;
import nonmercer.random.RandomStream;
import nonmercer.text.BytePairTokenizer;
import nonmercer.train.Classification;
import nonmercer.train.Listener;
import nonmercer.train.Recipe;
import nonmercer.train.Trainer;

/// Trains a small Transformer with a kernel made of two, saves it, and uses it.
public final class Example {
    private static final List<String> TEXTS = List.of(
            "open the door", "close the window", "bring me the book", "turn on the light", "stop the music", "call my friend",
            "where is the door", "who has the book", "why is it dark", "when does it stop", "what is this", "how do you know");

    private Example() {}

    /// Trains, saves, loads and classifies.
    public static void main(String[] args) {
        // README: from here
        Kernel kernel = new ExpDot().plus(new Gauss().scaled(0.5)); // an attention kernel is a value
        System.out.println(kernel.formula() + "; positive definite: " + kernel.traits().of(Trait.POSITIVE_DEFINITE));

        List<String> labels = List.of("command", "question");
        LabelledCorpus corpus = LabelledCorpus.of("sentences", TEXTS, TEXTS.stream()
                .map(t -> t.matches("(where|who|why|when|what|how) .*") ? "question" : "command").toList());
        BytePairTokenizer tokenizer = BytePairTokenizer.train(TEXTS, 300);
        Sizes sizes = new Sizes(tokenizer.size(), 32, 32, 2, 64, 1); // vocabulary, longest, width, heads, hidden, blocks
        Config config = Config.of(sizes, Design.standard().with(kernel));
        TextClassifier classifier = TextClassifier.create(config, tokenizer, labels, RandomStream.of(1));

        ParameterTree parameters = ParameterTree.of(classifier.model());
        List<Labelled> items = corpus.items();
        new Trainer(parameters, AdamW.of(parameters, 0.01), Recipe.of(40, Schedule.constant(2e-3), 1), Listener.silent())
                .train(Classification.of(classifier, items, items));

        classifier.save(Path.of("target/classifier"));
        System.out.println(TextClassifier.load(Path.of("target/classifier")).classify("where is the book"));
        // README: to here
    }
}
