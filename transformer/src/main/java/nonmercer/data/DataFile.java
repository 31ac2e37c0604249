package nonmercer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nonmercer.io.BadInputException;

/// A user's file of two columns, `first<TAB>second`, UTF-8, one record a line; blank lines are
/// skipped.
final class DataFile {
    /// One line of the file.
    record Row(String first, String second) {}

    private DataFile() {}

    /// The rows, white space normalised in both columns.
    ///
    /// @param form what a line should look like, for the error: `label<TAB>text`
    /// @throws BadInputException naming the file and the line
    static List<Row> read(Path file, String form) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the file cannot be read", e);
        }
        List<Row> rows = new ArrayList<>();
        int line = 0;
        for (int start = 0; start < bytes.length; ) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            String text = decode(bytes, start, end, file + ":" + line);
            if (line == 1 && text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
            if (!text.isBlank()) {
                rows.add(row(text, file + ":" + line, form));
            }
            start = end + 1;
        }
        if (rows.isEmpty()) {
            throw new BadInputException(
                    file + ": the file holds no data; each line should be " + form);
        }
        return rows;
    }

    private static Row row(String line, String place, String form) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 2) {
            throw new BadInputException(
                    place
                            + ": expected "
                            + form
                            + ", found "
                            + (columns.length == 1 ? "no tab" : columns.length - 1 + " tabs"));
        }
        String first = JdkMessages.normalise(columns[0]);
        String second = JdkMessages.normalise(columns[1]);
        if (first.isEmpty() || second.isEmpty()) {
            throw new BadInputException(
                    place
                            + ": expected "
                            + form
                            + ", found nothing "
                            + (first.isEmpty() ? "before" : "after")
                            + " the tab");
        }
        return new Row(first, second);
    }

    private static String decode(byte[] bytes, int start, int end, String place) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadInputException(place + ": the line is not valid UTF-8", e);
        }
    }
}
