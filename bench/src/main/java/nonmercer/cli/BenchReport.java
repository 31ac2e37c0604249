package nonmercer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nonmercer.bench.Row;
import nonmercer.io.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What `bench --json` writes.
record BenchReport(String command, String version, Machine machine, List<Row> rows) {
    /// Of this machine.
    static BenchReport here(List<Row> rows) {
        return new BenchReport("bench", Build.here().version(), Machine.here(), rows);
    }

    /// Reads a report.
    ///
    /// @throws BadInputException if the file is no report of `bench`
    static BenchReport read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new BadInputException("--runs: the file " + file + " cannot be read");
        }
        try {
            BenchReport report =
                    JsonMapper.shared().readValue(Files.readString(file), BenchReport.class);
            if (report.command.equals("bench")) {
                return report;
            }
        } catch (JacksonException | NullPointerException e) {
            // The sentence below says what is expected.
        }
        throw new BadInputException("--runs: expected what `bench --json` writes, got " + file);
    }
}
