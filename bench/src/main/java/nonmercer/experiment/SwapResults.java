package nonmercer.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The runs that a file holds, one a line. A run is written when it is finished; what a killed
/// process left half-written is cut off.
public final class SwapResults {
    private final Path file;
    private final List<SwapRun> runs = new ArrayList<>();
    private final Set<SwapRun.Key> known = new HashSet<>();

    private SwapResults(Path file) {
        this.file = file;
    }

    /// What the file holds; nothing if there is none.
    public static SwapResults open(Path file) throws IOException {
        SwapResults results = new SwapResults(file);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            int whole = text.lastIndexOf('\n') + 1;
            if (whole < text.length()) {
                Files.writeString(file, text.substring(0, whole), StandardCharsets.UTF_8);
            }
            int number = 0;
            for (String line : text.substring(0, whole).split("\n", -1)) {
                number++;
                if (!line.isBlank()) {
                    results.take(SwapRun.parse(line, file + ", line " + number));
                }
            }
        }
        return results;
    }

    private void take(SwapRun run) {
        if (known.add(run.key())) {
            runs.add(run);
        }
    }

    boolean holds(SwapRun.Key key) {
        return known.contains(key);
    }

    /// All runs, in the order of the file.
    public List<SwapRun> runs() {
        return List.copyOf(runs);
    }

    /// Adds a finished run to the file.
    void add(SwapRun run) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.writeString(
                file,
                run.line() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        take(run);
    }
}
