package nonmercer.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a [KernelExpression] by recursive descent.
final class KernelParser {
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z]\\w*([-.$][A-Za-z]\\w*)*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern INVERSE_ROOT =
            Pattern.compile("1\\s*/\\s*(√d|sqrt\\(\\s*d\\s*\\))");
    private static final int SHOWN = 6; // near names that a message lists
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    KernelParser(String text) {
        this.text = text;
    }

    /// What a part of the text stands for: a number is not yet a kernel.
    private sealed interface Part {
        int from();

        record Amount(double value, int from) implements Part {}

        record Made(Kernel kernel, int from) implements Part {}
    }

    Kernel kernel() {
        Part part = sum();
        if (!end()) {
            throw wrong(at, "expected +, *, ^ or the end" + found());
        }
        if (part instanceof Part.Made(Kernel kernel, int from)) {
            return kernel;
        }
        throw wrong(part.from(), "expected a kernel, found only a number");
    }

    private Part sum() {
        Part left = product();
        while (take('+')) {
            left = plus(left, product());
        }
        return left;
    }

    private Part plus(Part a, Part b) {
        if (a instanceof Part.Amount(double x, int from) && b instanceof Part.Amount(double y, _)) {
            return new Part.Amount(x + y, from);
        }
        return new Part.Made(made(a).plus(made(b)), a.from());
    }

    /// A kernel; a number is the constant kernel.
    private Kernel made(Part part) {
        return switch (part) {
            case Part.Made(Kernel kernel, int from) -> kernel;
            case Part.Amount(double value, int from) -> guarded(from, () -> new Constant(value));
        };
    }

    private Part product() {
        Part left = power();
        while (true) {
            if (take('*') || take('·')) {
                left = times(left, power());
            } else if (peek() == '/') {
                at++;
                int from = skip();
                Part right = power();
                if (!(right instanceof Part.Amount(double by, _)) || by == 0) {
                    throw wrong(from, "expected a number other than 0 to divide by");
                }
                left = times(left, new Part.Amount(1 / by, from));
            } else {
                return left;
            }
        }
    }

    private Part times(Part a, Part b) {
        return switch (a) {
            case Part.Amount(double x, int from) ->
                    switch (b) {
                        case Part.Amount(double y, _) -> new Part.Amount(x * y, from);
                        case Part.Made(Kernel k, _) -> new Part.Made(scaled(k, x, from), from);
                    };
            case Part.Made(Kernel k, int from) ->
                    switch (b) {
                        case Part.Amount(double y, int place) ->
                                new Part.Made(scaled(k, y, place), from);
                        case Part.Made(Kernel l, _) -> new Part.Made(k.times(l), from);
                    };
        };
    }

    private Kernel scaled(Kernel kernel, double by, int from) {
        return guarded(from, () -> kernel.scaled(by));
    }

    private Part power() {
        Part base = atom();
        if (!take('^')) {
            return base;
        }
        int from = skip();
        boolean negative = take('-');
        if (!(atom() instanceof Part.Amount(double size, _))) {
            throw wrong(from, "expected a number as the exponent");
        }
        double exponent = negative ? -size : size;
        return switch (base) {
            case Part.Amount(double x, int first) -> new Part.Amount(Math.pow(x, exponent), first);
            case Part.Made(Kernel kernel, int first) ->
                    new Part.Made(guarded(from, () -> kernel.power(exponent)), first);
        };
    }

    private Part atom() {
        int from = skip();
        if (++depth > DEEPEST) {
            throw wrong(from, "expected fewer than " + DEEPEST + " parentheses in each other");
        }
        try {
            if (take('(')) {
                Part inner = sum();
                close(from);
                return inner;
            }
            Matcher number = match(NUMBER);
            if (number != null) {
                return new Part.Amount(number(number.group(), from), from);
            }
            Matcher name = match(NAME);
            if (name != null) {
                return new Part.Made(named(name.group(), from), from);
            }
            throw wrong(from, "expected a kernel, a number or (" + found());
        } finally {
            depth--;
        }
    }

    private Kernel named(String name, int from) {
        var operation = KernelOperation.named(name);
        if (operation.isPresent()) {
            return operation(operation.get(), from);
        }
        Class<?> type = KernelArguments.named(name).orElseThrow(() -> unknown(name, from));
        List<KernelArguments.Argument> arguments = new ArrayList<>();
        if (peek() == '(') {
            int open = at++;
            if (peek() != ')') {
                do {
                    arguments.add(argument());
                } while (take(','));
            }
            close(open);
        }
        try {
            return KernelArguments.make(type, arguments);
        } catch (KernelArguments.Unfit e) {
            throw wrong(Math.max(from, e.place()), e.getMessage());
        }
    }

    private KernelArguments.Argument argument() {
        int from = skip();
        String name = "";
        Matcher word = match(NAME);
        if (word != null) {
            if (!take('=')) {
                return new KernelArguments.Argument("", value(word.group(), from), from);
            }
            name = word.group();
            from = skip();
            word = match(NAME);
            if (word != null) {
                return new KernelArguments.Argument(name, value(word.group(), from), from);
            }
        }
        if (match(INVERSE_ROOT) != null) {
            return new KernelArguments.Argument(name, Coefficient.inverseRootDimension(), from);
        }
        return new KernelArguments.Argument(name, signed(), from);
    }

    /// A word as an argument: `trained(1.5)`, or the name of a constant.
    private Object value(String word, int from) {
        if (word.equalsIgnoreCase("trained")) {
            open("trained(1.5)");
            int inner = skip();
            double initial = signed();
            close(from);
            return guarded(
                    inner, () -> Coefficient.trained(initial, nonmercer.array.DType.FLOAT64));
        }
        return word;
    }

    private Kernel operation(KernelOperation operation, int from) {
        open(operation.usage());
        List<Kernel> kernels = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < operation.kernels() + operation.numbers().size(); i++) {
            if (i > 0 && !take(',')) {
                throw wrong(
                        at,
                        "expected a comma and a further argument: " + operation.usage() + found());
            }
            if (i < operation.kernels()) {
                kernels.add(made(sum()));
            } else {
                skip();
                numbers.add(signed());
            }
        }
        close(from);
        return guarded(from, () -> operation.make().of(kernels, numbers));
    }

    /// A number that may be negative, or a quotient of two.
    private double signed() {
        int from = skip();
        boolean negative = take('-');
        skip();
        Matcher number = match(NUMBER);
        if (number == null) {
            throw wrong(from, "expected a number" + found());
        }
        double value = number(number.group(), from);
        if (take('/')) {
            skip();
            Matcher by = match(NUMBER);
            if (by == null) {
                throw wrong(at, "expected a number" + found());
            }
            value /= number(by.group(), from);
        }
        return negative ? -value : value;
    }

    private double number(String digits, int from) {
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            throw wrong(from, "expected a number within the range of a double");
        }
        return value;
    }

    // --- characters ---

    private void open(String usage) {
        if (!take('(')) {
            throw wrong(at, "expected ( as in " + usage + found());
        }
    }

    private void close(int opened) {
        if (!take(')')) {
            throw wrong(at, "expected ) for what opens at column " + (opened + 1) + found());
        }
    }

    private int skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean end() {
        return skip() == text.length();
    }

    private char peek() {
        return end() ? 0 : text.charAt(at);
    }

    private boolean take(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private @org.jspecify.annotations.Nullable Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    // --- what is wrong ---

    private String found() {
        return end() ? ", found the end" : ", found '" + text.charAt(at) + "'";
    }

    private IllegalArgumentException unknown(String name, int from) {
        List<String> near = KernelArguments.near(name);
        String advice =
                near.isEmpty()
                        ? "there are " + String.join(", ", KernelArguments.names())
                        : "did you mean "
                                + String.join(" or ", near.stream().limit(SHOWN).toList())
                                + "?";
        return wrong(from, "there is no kernel named '" + name + "'; " + advice);
    }

    private <T> T guarded(int from, java.util.function.Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException e) {
            throw wrong(from, String.valueOf(e.getMessage()));
        }
    }

    /// The sentence, the text and a caret below the place.
    private IllegalArgumentException wrong(int place, String sentence) {
        String line = text.replaceAll("\\s", " ");
        return new IllegalArgumentException(
                sentence + "\n  " + line + "\n  " + " ".repeat(place) + "^");
    }
}
