import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A folder of sources that one generator writes and nobody edits.
///
/// A file is written only when its text changed, so that incremental builds stay incremental.
final class GeneratedSources {
    private final Path root;
    private final Set<Path> written = new HashSet<>();

    GeneratedSources(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    /// The sources below a folder, in the order of their names.
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }

    void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        written.add(file);
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    /// Deletes the files that were not written: their sources are gone.
    void deleteOthers() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
