package nonmercer.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/// Files that are written whole or not at all: into a temporary file beside the target, which then
/// takes its name.
public final class AtomicFile {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private AtomicFile() {}

    /// What writes the content.
    @FunctionalInterface
    public interface Writer {
        /// Writes everything to the channel.
        void write(FileChannel channel) throws IOException;
    }

    /// Creates or replaces a text file in UTF-8, as [#write(Path, Writer)] does.
    public static void write(Path file, String text) {
        write(
                file,
                channel ->
                        writeAll(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /// Creates or replaces a file. If the writer fails, what was there before stays, and nothing
    /// else is left behind.
    ///
    /// Folders are created if need be.
    public static void write(Path file, Writer writer) {
        Path target = file.toAbsolutePath();
        String suffix = ".part-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        Path temporary = target.resolveSibling(target.getFileName() + suffix);
        try {
            Files.createDirectories(target.resolveSibling(""));
            try {
                try (FileChannel channel =
                        FileChannel.open(
                                temporary,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE)) {
                    writer.write(channel);
                    channel.force(true);
                }
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary); // there only if the writer or the move failed
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the file cannot be written", e);
        }
    }

    /// Writes what remains in the buffer.
    static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
