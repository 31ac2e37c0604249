package nonmercer.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Measured on JDK 25: the Vector API's transcendental functions and its floating reductions give
/// other bits compiled than interpreted. None is used; nor are `Math`'s, whose bits are the
/// platform's own.
final class BannedOperationsTest {
    private static final Set<String> OPERATORS =
            Set.of(
                    "SIN",
                    "COS",
                    "TAN",
                    "ASIN",
                    "ACOS",
                    "ATAN",
                    "EXP",
                    "LOG",
                    "LOG10",
                    "SQRT_APPROXIMATE",
                    "CBRT",
                    "SINH",
                    "COSH",
                    "TANH",
                    "EXPM1",
                    "LOG1P",
                    "ATAN2",
                    "POW",
                    "HYPOT");
    private static final Set<String> MATH =
            Set.of(
                    "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "expm1", "log",
                    "log10", "log1p", "pow", "sinh", "cosh", "tanh", "hypot", "cbrt");

    @Test
    void noClassOfTheLanesUsesThem() throws Exception {
        List<String> found = new ArrayList<>();
        int classes = 0;
        Path root =
                Path.of(Lanes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(root.resolve("nonmercer/lanes"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                classes++;
                scan(file, found);
            }
        }
        assertTrue(classes > 40, "classes scanned: " + classes);
        assertEquals(List.of(), found);
    }

    private static void scan(Path file, List<String> found) throws IOException {
        ClassModel model = ClassFile.of().parse(file);
        for (MethodModel method : model.methods()) {
            method.code()
                    .ifPresent(code -> {
                        for (CodeElement element : code) {
                            if (banned(element)) {
                                found.add(
                                        file.getFileName()
                                                + " "
                                                + method.methodName()
                                                + ": "
                                                + element);
                            }
                        }
                    });
        }
    }

    private static boolean banned(CodeElement element) {
        return switch (element) {
            case FieldInstruction field ->
                    field.owner().asInternalName().endsWith("VectorOperators")
                            && OPERATORS.contains(field.name().stringValue());
            case InvokeInstruction call ->
                    call.name().stringValue().startsWith("reduceLanes")
                            || call.owner().asInternalName().equals("java/lang/Math")
                                    && MATH.contains(call.name().stringValue());
            default -> false;
        };
    }
}
