package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonFileTest {
    record Row(String kernel, double accuracy) {}

    @TempDir Path folder;

    private static JsonFile option(Path file) {
        JsonFile json = new JsonFile();
        new CommandLine(
                        CommandLine.Model.CommandSpec.create()
                                .addMixin(
                                        "json",
                                        CommandLine.Model.CommandSpec.forAnnotatedObject(json)))
                .parseArgs("--json", file.toString());
        return json;
    }

    @Test
    void oneObjectWithCommandVersionMachineAndRows() throws IOException {
        Path file = folder.resolve("result.json");
        Files.writeString(file, "what was there before");
        JsonFile json = option(file);
        json.check();
        json.write("compare", List.of(new Row("ExpDot", 0.5), Map.of("baseline", true)));

        JsonNode root = JsonMapper.shared().readTree(Files.readString(file));
        assertEquals(
                List.of("command", "version", "machine", "rows"),
                List.copyOf(root.propertyNames()));
        assertEquals("compare", root.get("command").asString());
        assertEquals("ExpDot", root.get("rows").get(0).get("kernel").asString());
        assertTrue(root.get("rows").get(1).get("baseline").asBoolean());
        assertEquals(
                Runtime.getRuntime().availableProcessors(),
                root.get("machine").get("cores").asInt());
        assertEquals(List.of(file), list(), "nothing else stays in the folder");
    }

    @Test
    void aRowThatCannotBeWrittenLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("result.json");
        Files.writeString(file, "what was there before");
        Object broken =
                new Object() {
                    @SuppressWarnings("unused")
                    public int getValue() {
                        throw new IllegalStateException("broken");
                    }
                };
        assertThrows(RuntimeException.class, () -> option(file).write("compare", List.of(broken)));
        assertEquals("what was there before", Files.readString(file));
        assertEquals(List.of(file), list());
    }

    @Test
    void aFolderThatDoesNotExistIsRefusedBeforeTheRun() {
        JsonFile json = option(folder.resolve("no/such/result.json"));
        String sentence = assertThrows(BadInputException.class, json::check).getMessage();
        assertEquals(
                "--json: the folder " + folder.resolve("no/such") + " does not exist", sentence);
    }

    @Test
    void aFolderInThePlaceOfTheFileIsRefused() {
        assertThrows(BadInputException.class, option(folder)::check);
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
