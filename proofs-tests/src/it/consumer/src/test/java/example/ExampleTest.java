package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExampleTest {
    @Test
    void theArtifactsWorkInAProgramOfOnesOwn() {
        assertEquals("float64[3, 2] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", Example.rows().toString());
    }
}
