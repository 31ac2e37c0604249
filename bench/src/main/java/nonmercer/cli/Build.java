package nonmercer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which nonmercer this is.
///
/// @param version the version of the build
/// @param commit the short hash of the checkout it runs from, with `+` when files differ from it;
///   null outside a checkout
record Build(String version, @Nullable String commit) {
    /// The running one.
    static Build here() {
        Properties properties = new Properties();
        try (InputStream in =
                Objects.requireNonNull(Build.class.getResourceAsStream("version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Build(properties.getProperty("version"), commit(project()));
    }

    /// The project's folder, where outputs such as `target/compare` go: what the launcher says,
    /// else the current folder.
    static Path project() {
        return Path.of(System.getProperty("nonmercer.project", ""));
    }

    private static @Nullable String commit(Path project) {
        if (!Files.exists(project.resolve(".git"))) {
            return null;
        }
        String hash = git(project, "rev-parse", "--short=10", "HEAD");
        String changes = git(project, "status", "--porcelain", "--untracked-files=no");
        return hash == null || hash.isEmpty()
                ? null
                : changes == null || changes.isEmpty() ? hash : hash + "+";
    }

    private static @Nullable String git(Path project, String... arguments) {
        java.util.List<String> command =
                new java.util.ArrayList<>(java.util.List.of("git", "-C", project.toString()));
        command.addAll(java.util.List.of(arguments));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String out =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? out : null;
        } catch (IOException e) {
            return null; // no git on this machine: the commit stays unknown
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
