package nonmercer.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nonmercer.io.BadInputException;

/// The lines a command reads: of a file, or of standard input for `-`.
final class Lines {
    private Lines() {}

    /// All lines, UTF-8.
    static List<String> of(String file) throws IOException {
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()
                    : Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " is not UTF-8 text");
        }
    }
}
