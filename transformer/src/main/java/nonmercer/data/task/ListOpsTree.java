package nonmercer.data.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// An expression of ListOps: a digit, or an operator applied to expressions (Nangia & Bowman 2018).
///
/// ```java
/// ListOpsTree.parse("[MAX 2 9 [MIN 4 7 ] 0 ]").value(); // 9
/// ```
public sealed interface ListOpsTree {
    /// The token that ends an expression; 0 … 9 are the digits, 10 … 13 the operators.
    int CLOSE = 14;

    /// What an expression does with the values of its arguments.
    enum Operator {
        /// The smallest.
        MIN(10),
        /// The largest.
        MAX(11),
        /// The median; of an even number the mean of the middle two, rounded down.
        MED(12),
        /// The sum modulo 10.
        SM(13);

        private static final int FIRST = MIN.token;
        private static final Operator[] ALL = values();

        private final int token;

        Operator(int token) {
            this.token = token;
        }

        /// The value for these arguments, at least one.
        public int apply(int... values) {
            return switch (this) {
                case MIN -> {
                    int least = values[0];
                    for (int v : values) {
                        least = Math.min(least, v);
                    }
                    yield least;
                }
                case MAX -> {
                    int most = values[0];
                    for (int v : values) {
                        most = Math.max(most, v);
                    }
                    yield most;
                }
                case SM -> {
                    int sum = 0;
                    for (int v : values) {
                        sum += v;
                    }
                    yield sum % 10;
                }
                case MED -> {
                    int[] sorted = values.clone();
                    Arrays.sort(sorted);
                    int n = sorted.length;
                    yield (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
                }
            };
        }

        /// The token that stands for it.
        public int token() {
            return token;
        }

        static Operator ofToken(int token) {
            return ALL[token - FIRST];
        }

        static Operator draw(RandomGenerator random) {
            return ALL[random.nextInt(ALL.length)];
        }
    }

    /// A digit, `0 … 9`.
    record Digit(int value) implements ListOpsTree {
        private static final Digit[] ALL = new Digit[10];

        static {
            Arrays.setAll(ALL, Digit::new);
        }

        /// Refuses what is not one digit.
        public Digit {
            if (value < 0 || value > 9) {
                throw new IllegalArgumentException("a digit is 0 to 9, got " + value);
            }
        }

        static Digit of(int value) {
            return ALL[value];
        }

        @Override
        public int length() {
            return 1;
        }

        @Override
        public int write(int[] tokens, int at) {
            tokens[at] = value;
            return at + 1;
        }

        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /// An operator applied to at least one argument.
    ///
    /// @param length the number of tokens: the operator, the arguments, the bracket
    record Applied(Operator operator, List<ListOpsTree> arguments, int length)
            implements ListOpsTree {
        /// Refuses an operator without arguments.
        public Applied {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException(operator + " needs at least one argument");
            }
        }

        /// An operator applied to these.
        public static Applied of(Operator operator, List<ListOpsTree> arguments) {
            int length = 2;
            for (ListOpsTree a : arguments) {
                length += a.length();
            }
            return new Applied(operator, arguments, length);
        }

        @Override
        public int value() {
            int[] values = new int[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).value();
            }
            return operator.apply(values);
        }

        @Override
        public int write(int[] tokens, int at) {
            tokens[at] = operator.token();
            int next = at + 1;
            for (ListOpsTree a : arguments) {
                next = a.write(tokens, next);
            }
            tokens[next] = CLOSE;
            return next + 1;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("[" + operator);
            arguments.forEach(a -> text.append(' ').append(a));
            return text.append(" ]").toString();
        }
    }

    /// What it comes to, `0 … 9`.
    int value();

    /// The number of tokens.
    int length();

    /// Writes the tokens from this place on.
    ///
    /// @return the place after the last
    int write(int[] tokens, int at);

    /// The tokens.
    default int[] tokens() {
        int[] tokens = new int[length()];
        write(tokens, 0);
        return tokens;
    }

    /// The expression of these tokens.
    ///
    /// @throws IllegalArgumentException if they are not one expression
    static ListOpsTree of(int[] tokens) {
        Deque<Operator> operators = new ArrayDeque<>();
        Deque<List<ListOpsTree>> arguments = new ArrayDeque<>();
        for (int i = 0; i < tokens.length; i++) {
            ListOpsTree done;
            if (tokens[i] >= Operator.FIRST && tokens[i] < CLOSE) {
                operators.push(Operator.ofToken(tokens[i]));
                arguments.push(new ArrayList<>());
                continue;
            } else if (tokens[i] == CLOSE && !operators.isEmpty()) {
                done = Applied.of(operators.pop(), arguments.pop());
            } else {
                done = new Digit(tokens[i]);
            }
            if (!operators.isEmpty()) {
                arguments.element().add(done);
            } else if (i == tokens.length - 1) {
                return done;
            } else {
                break;
            }
        }
        throw new IllegalArgumentException(
                "expected one digit, or an operator with arguments and `]`, got the tokens "
                        + Arrays.toString(tokens));
    }

    /// The expression written as `[MAX 2 9 [MIN 4 7 ] 0 ]`.
    ///
    /// @throws IllegalArgumentException if it is not one
    static ListOpsTree parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        int[] tokens = new int[words.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = token(words[i]);
        }
        return of(tokens);
    }

    private static int token(String word) {
        if (word.equals("]")) {
            return CLOSE;
        }
        for (Operator o : Operator.ALL) {
            if (word.equals("[" + o)) {
                return o.token();
            }
        }
        if (word.matches("[0-9]")) {
            return word.charAt(0) - '0';
        }
        throw new IllegalArgumentException(
                "'" + word + "' is not a token of ListOps: a digit, [MIN, [MAX, [MED, [SM or ]");
    }
}
