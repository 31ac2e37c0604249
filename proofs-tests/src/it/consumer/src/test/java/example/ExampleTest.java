package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import nonmercer.model.TextClassifier;
import org.junit.jupiter.api.Test;

class ExampleTest {
    @Test
    void machinesAreSolved() {
        Machines.main(new String[0]);
    }

    @Test
    void theArtifactsTrainInAProgramOfOnesOwn() {
        Example.main(new String[0]);
        TextClassifier classifier = TextClassifier.load(Path.of("target/classifier"));
        assertEquals("question", classifier.classify("who has the light").label());
        assertEquals("command", classifier.classify("open the window").label());
        assertTrue(classifier.classify("open the door").probability() > 0.5);
    }
}
