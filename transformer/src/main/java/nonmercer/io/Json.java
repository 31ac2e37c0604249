package nonmercer.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value (RFC 8259). Objects keep the order of their members; numbers keep every digit.
///
/// The readers ([#get(String)], [#text()], [#number()] …) refuse a value of another kind with a
/// sentence.
public sealed interface Json {
    /// `{"name": value, …}`, in insertion order.
    record Members(Map<String, Json> map) implements Json {
        /// Copies the map.
        public Members {
            map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
    }

    /// `[value, …]`.
    record Items(List<Json> list) implements Json {
        /// Copies the list.
        public Items {
            list = List.copyOf(list);
        }
    }

    /// A string. Lone surrogates are allowed and survive a file: they are written as escapes.
    record Text(String value) implements Json {
        @Override
        public String toString() {
            return write();
        }
    }

    /// A number, exactly as many digits as were written.
    record Num(BigDecimal value) implements Json {
        @Override
        public String toString() {
            return write();
        }
    }

    /// `true` or `false`.
    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return write();
        }
    }

    /// `null`.
    record Null() implements Json {
        @Override
        public String toString() {
            return write();
        }
    }

    /// The value of this text.
    ///
    /// @throws BadInputException naming line and column, both from 1
    static Json parse(String text) {
        return parse(text, "JSON");
    }

    /// The value of this text.
    ///
    /// @param name what the errors call the text, such as a file's name
    /// @throws BadInputException naming text, line and column
    static Json parse(String text, String name) {
        return new JsonParser(text, name).parse();
    }

    /// The value in a UTF-8 file.
    ///
    /// @throws BadInputException naming file, line and column
    static Json read(Path file) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return parse(
                    decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString(),
                    file.toString());
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + ": the file is not valid UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the file cannot be read", e);
        }
    }

    /// A string.
    static Json of(String value) {
        return new Text(value);
    }

    /// An integer.
    static Json of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    /// The shortest decimal that reads back as this number. JSON has no NaN, no infinity and no
    /// negative zero: the first two are refused, the last becomes 0.
    static Json of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no way to write " + value);
        }
        return new Num(BigDecimal.valueOf(value));
    }

    /// `true` or `false`.
    static Json of(boolean value) {
        return new Bool(value);
    }

    /// An array.
    static Json of(List<? extends Json> items) {
        return new Items(List.copyOf(items));
    }

    /// An array of integers.
    static Json of(int... values) {
        List<Json> items = new ArrayList<>();
        for (int v : values) {
            items.add(of((long) v));
        }
        return new Items(items);
    }

    /// An object; the order of the map is kept.
    static Json of(Map<String, ? extends Json> members) {
        return new Members(new LinkedHashMap<>(members));
    }

    /// The members of an object.
    default Map<String, Json> members() {
        if (this instanceof Members m) {
            return m.map();
        }
        throw isNot("an object");
    }

    /// The items of an array.
    default List<Json> items() {
        if (this instanceof Items i) {
            return i.list();
        }
        throw isNot("an array");
    }

    /// The characters of a string.
    default String text() {
        if (this instanceof Text t) {
            return t.value();
        }
        throw isNot("a string");
    }

    /// The double nearest to a number.
    default double number() {
        if (this instanceof Num n && Double.isFinite(n.value().doubleValue())) {
            return n.value().doubleValue();
        }
        throw isNot("a number within the range of a double");
    }

    /// A number that is an integer of 64 bits.
    default long integer() {
        if (this instanceof Num n) {
            try {
                return n.value().longValueExact();
            } catch (ArithmeticException e) {
                throw isNot("an integer of 64 bits");
            }
        }
        throw isNot("an integer");
    }

    /// A number that is an integer of 32 bits.
    default int int32() {
        long value = integer();
        if (value != (int) value) {
            throw isNot("an integer of 32 bits");
        }
        return (int) value;
    }

    /// `true` or `false`.
    default boolean bool() {
        if (this instanceof Bool b) {
            return b.value();
        }
        throw isNot("true or false");
    }

    /// The member of an object with this name.
    ///
    /// @throws BadInputException if there is none
    default Json get(String name) {
        Json value = find(name);
        if (value == null) {
            throw new BadInputException("expected a member \"" + name + "\" in " + excerpt());
        }
        return value;
    }

    /// The member of an object with this name, or null if there is none.
    default @Nullable Json find(String name) {
        return members().get(name);
    }

    /// On one line, without spaces.
    default String write() {
        return new JsonWriter(false).write(this);
    }

    /// On several lines, indented by two spaces; arrays of numbers stay on one.
    default String pretty() {
        return new JsonWriter(true).write(this) + "\n";
    }

    /// Creates or replaces a file with [#pretty()], whole or not at all.
    default void write(Path file) {
        AtomicFile.write(file, pretty());
    }

    private BadInputException isNot(String expected) {
        return new BadInputException("expected " + expected + ", found " + excerpt());
    }

    private String excerpt() {
        String all = write();
        return all.length() <= 60 ? all : all.substring(0, 57) + "...";
    }
}
