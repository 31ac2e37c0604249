package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFileTest {
    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    private static final ClassDesc BUNDLE = ClassDesc.of("java.util.ListResourceBundle");
    private static final ClassDesc SELF = ClassDesc.of("a.R");

    @TempDir Path folder = Path.of(".");

    @Test
    void propertiesAreUtf8AndSorted() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("R.properties"),
                        "b=zwei \\\n   Zeilen\na=\\u00fc\u00fc\n# no\n");
        assertEquals("{a=üü, b=zwei Zeilen}", BundleFile.entries(file).toString());
    }

    @Test
    void constantsOfGetContents() throws IOException {
        Path file =
                write(
                        BUNDLE,
                        "getContents",
                        code -> {
                            entry(code, 0, "k", "value");
                            entryWithComputedKey(code, 1, "not for k");
                            entry(code, 2, "last", "one");
                        });
        assertEquals(Map.of("k", "value", "last", "one"), BundleFile.entries(file));
    }

    @Test
    void constantsOfAStaticTable() throws IOException {
        assertEquals(
                Map.of("k", "v"),
                BundleFile.entries(write(BUNDLE, "<clinit>", code -> entry(code, 0, "k", "v"))));
    }

    @Test
    void otherClassesHoldNoMessages() throws IOException {
        assertEquals(
                Map.of(),
                BundleFile.entries(write(OBJECT, "getContents", code -> entry(code, 0, "k", "v"))));
        assertEquals(
                Map.of(),
                BundleFile.entries(write(BUNDLE, "contents", code -> entry(code, 0, "k", "v"))));
    }

    /// A class with one static method that fills a table of three entries, as `javac` compiles
    /// `{{k, v}, …}`.
    private Path write(ClassDesc parent, String method, Consumer<CodeBuilder> entries)
            throws IOException {
        byte[] bytes =
                ClassFile.of()
                        .build(
                                SELF,
                                type ->
                                        type.withSuperclass(parent)
                                                .withMethodBody(
                                                        method,
                                                        MethodTypeDesc.of(ConstantDescs.CD_void),
                                                        ClassFile.ACC_STATIC,
                                                        code -> {
                                                            code.iconst_3()
                                                                    .anewarray(OBJECT.arrayType());
                                                            entries.accept(code);
                                                            code.pop().return_();
                                                        }));
        return Files.write(folder.resolve("R.class"), bytes);
    }

    private static void entry(CodeBuilder code, int place, String key, String value) {
        code.dup().loadConstant(place).iconst_2().anewarray(OBJECT);
        code.dup().iconst_0().ldc(key).aastore();
        code.dup().iconst_1().ldc(value).aastore();
        code.aastore();
    }

    private static void entryWithComputedKey(CodeBuilder code, int place, String value) {
        code.dup().loadConstant(place).iconst_2().anewarray(OBJECT);
        code.dup().iconst_0().aconst_null().aastore();
        code.dup().iconst_1().ldc(value).aastore();
        code.aastore();
    }
}
