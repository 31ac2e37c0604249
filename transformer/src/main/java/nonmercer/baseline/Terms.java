package nonmercer.baseline;

import java.util.List;
import java.util.Locale;
import nonmercer.text.Words;

/// What counts as a word of the bag: words and signs ([Words#andSigns(String)]).
public enum Terms {
    /// In lower case.
    FOLDED {
        @Override
        List<String> of(String text) {
            return Words.andSigns(text.toLowerCase(Locale.ROOT));
        }
    },
    /// As they stand: `Cannot` at the beginning of a sentence is not `cannot`.
    CASED {
        @Override
        List<String> of(String text) {
            return Words.andSigns(text);
        }
    };

    abstract List<String> of(String text);
}
