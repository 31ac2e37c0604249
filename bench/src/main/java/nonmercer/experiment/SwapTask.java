package nonmercer.experiment;

import java.util.Locale;

/// What the kernels are swapped in, and with which cut of the commands' settings: a hundred
/// trainings have to fit into about an hour on two cores.
public enum SwapTask {
    /// `compare`: which module of the JDK does this message come from?
    CLASSIFICATION(ModelSize.MEDIUM, 20, 64),
    /// The same in heads so narrow that a polynomial of low degree has fewer features than a
    /// message has tokens, 10 epochs for the 20 of the command.
    NARROW(ModelSize.MANY_HEADS, 10, 64),
    /// `translate`: the JDK's messages from English to German, those of at most 80 characters in
    /// both, 16 epochs for the 40 of the command.
    TRANSLATION(ModelSize.MEDIUM, 16, 96);

    /// The most characters of a text to translate.
    static final int SHORT = 80;

    private final ModelSize size;
    private final int epochs;
    private final int longest;

    SwapTask(ModelSize size, int epochs, int longest) {
        this.size = size;
        this.epochs = epochs;
        this.longest = longest;
    }

    /// The task of this name.
    static SwapTask named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// The model.
    public ModelSize size() {
        return size;
    }

    /// Epochs of a training.
    public int epochs() {
        return epochs;
    }

    /// Coordinates of a query or a key.
    public int headWidth() {
        var sizes = size.sizes(1, longest);
        return sizes.width() / sizes.heads().queries();
    }

    /// The most tokens of a text.
    public int longest() {
        return longest;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
