package nonmercer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import nonmercer.io.BadInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// The option `--json FILE` that every command takes as a mixin: one object `{"command", "version",
/// "machine", "rows"}`.
///
/// The file appears whole or not at all: it is written beside its place and moved there.
public final class JsonFile {
    private static final ObjectWriter WRITER =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the result to FILE, as one JSON object.")
    private @Nullable Path file;

    private record Report(String command, String version, Machine machine, List<?> rows) {}

    /// Refuses a place that cannot be written, before a long run and not after it. Does nothing
    /// without `--json`.
    public void check() {
        if (file == null) {
            return;
        }
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new BadInputException("--json: " + file + " is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new BadInputException("--json: the folder " + folder + " does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new BadInputException("--json: the folder " + folder + " cannot be written");
        }
    }

    /// Writes the report if the option was given. A row is a record or a map; its keys keep their
    /// order.
    public void write(String command, List<?> rows) throws IOException {
        if (file == null) {
            return;
        }
        String json =
                WRITER.writeValueAsString(
                        new Report(command, Build.here().version(), Machine.here(), rows));
        Path part =
                folder(file)
                        .resolve(
                                "."
                                        + file.getFileName()
                                        + "."
                                        + ProcessHandle.current().pid()
                                        + ".part");
        try {
            Files.writeString(part, json + "\n", StandardCharsets.UTF_8);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
