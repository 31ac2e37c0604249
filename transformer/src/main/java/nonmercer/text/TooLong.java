package nonmercer.text;

import java.util.Arrays;
import nonmercer.io.BadInputException;

/// What to do with a sequence longer than a model's limit.
public enum TooLong {
    /// Keep the first tokens.
    TRUNCATE {
        @Override
        public int[] limit(int[] tokens, int most, String what) {
            return tokens.length <= most ? tokens : Arrays.copyOf(tokens, most);
        }
    },
    /// Stop with a sentence.
    REFUSE {
        @Override
        public int[] limit(int[] tokens, int most, String what) {
            if (tokens.length <= most) {
                return tokens;
            }
            throw new BadInputException(
                    what
                            + " has "
                            + tokens.length
                            + " tokens, but the model reads at most "
                            + most);
        }
    };

    /// The tokens, at most this many.
    ///
    /// @param what names the sequence in the error, such as `line 12`
    /// @throws BadInputException if the sequence is too long and this is [#REFUSE]
    public abstract int[] limit(int[] tokens, int most, String what);
}
