package nonmercer.lanes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM of this kind on this class path.
///
/// @param exit its exit code
/// @param lines what it printed on both streams
record Child(int exit, List<String> lines) {
    /// Options, then the main class and its arguments.
    static Child run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Child(process.waitFor(), text.lines().toList());
    }

    boolean says(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }
}
