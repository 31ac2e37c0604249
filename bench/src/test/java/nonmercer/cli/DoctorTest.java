package nonmercer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nonmercer.lanes.Lanes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorTest {
    @TempDir Path folder;

    @Test
    void itMeasuresAndSaysWhetherTheFastPathIsOn() throws IOException {
        Path file = folder.resolve("doctor.json");
        int exit = Main.run(Main.commandLine(), "doctor", "--json", file.toString());
        JsonNode root = JsonMapper.shared().readTree(Files.readString(file));

        assertEquals(Lanes.bits(), root.get("machine").get("laneBits").asInt());
        List<String> works = new ArrayList<>();
        boolean problem = false;
        for (JsonNode row : root.get("rows")) {
            works.add(row.get("work").asString());
            problem |= row.get("work").asString().equals("problem");
            if (row.has("unit")) {
                assertTrue(row.get("value").asDouble() > 0, row.toString());
            }
        }
        assertTrue(
                works.containsAll(List.of("lanes", "fma", "compiler", "copy")), works.toString());
        assertEquals(problem ? 1 : 0, exit);
        assertTrue(Lanes.vector() || problem, "the slow path is a problem");
    }
}
