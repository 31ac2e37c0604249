package nonmercer.data;

import java.io.IOException;
import java.io.StringReader;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;

/// The entries of one resource bundle's file, read without loading a class.
final class BundleFile {
    private BundleFile() {}

    /// Keys and texts of a `.properties` file, or of a class that directly extends
    /// `ListResourceBundle`; empty for any other class.
    static NavigableMap<String, String> entries(Path file) throws IOException {
        return file.toString().endsWith(".class")
                ? ofClass(ClassFile.of().parse(Files.readAllBytes(file)))
                : ofProperties(Files.readString(file, StandardCharsets.UTF_8));
    }

    private static NavigableMap<String, String> ofProperties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        NavigableMap<String, String> entries = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> entries.put(key, properties.getProperty(key)));
        return entries;
    }

    private static NavigableMap<String, String> ofClass(ClassModel type) {
        NavigableMap<String, String> entries = new TreeMap<>();
        boolean isBundle =
                type.superclass()
                        .map(s -> s.asInternalName().equals("java/util/ListResourceBundle"))
                        .orElse(false);
        if (isBundle) {
            collect(type, "getContents", entries);
            if (entries.isEmpty()) { // getContents() returns a constant table
                collect(type, "<clinit>", entries);
            }
        }
        return entries;
    }

    /// `{key, value}` compiles to: index 0, key, `aastore`; index 1, value, `aastore`. Values that
    /// are not string constants do not match and are left out.
    private static void collect(ClassModel type, String method, Map<String, String> entries) {
        for (MethodModel m : type.methods()) {
            if (!m.methodName().equalsString(method) || m.code().isEmpty()) {
                continue;
            }
            List<Instruction> code = new ArrayList<>();
            for (CodeElement e : m.code().get()) {
                if (e instanceof Instruction i) {
                    code.add(i);
                }
            }
            String key = null;
            for (int i = 2; i < code.size(); i++) {
                if (code.get(i).opcode() == Opcode.AASTORE
                        && code.get(i - 1) instanceof ConstantInstruction text
                        && text.constantValue() instanceof String s
                        && code.get(i - 2) instanceof ConstantInstruction at
                        && at.constantValue() instanceof Integer index) {
                    if (index == 0) {
                        key = s;
                    } else if (index == 1 && key != null) {
                        entries.put(key, s);
                        key = null;
                    }
                }
            }
        }
    }
}
