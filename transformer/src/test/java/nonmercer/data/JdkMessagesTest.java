package nonmercer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nonmercer.io.BadInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkMessagesTest {
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.desktop",
                    "java.sql.rowset",
                    "java.xml",
                    "jdk.compiler",
                    "jdk.jartool",
                    "jdk.javadoc",
                    "jdk.jconsole",
                    "jdk.jdeps",
                    "jdk.jdi",
                    "jdk.jlink",
                    "jdk.jpackage",
                    "jdk.jshell");

    @TempDir Path image;

    @BeforeEach
    void emptyModules() throws IOException {
        for (String module : MODULES) {
            Files.createDirectories(image.resolve(module));
        }
    }

    @Test
    void thisJdkHoldsTheCorpus() {
        List<Message> messages = JdkMessages.english();
        Set<String> texts = messages.stream().map(Message::text).collect(Collectors.toSet());
        // JDK 25.0.3 on Linux: 7,407 messages, 6,480 texts; updates and platforms move a few.
        assertTrue(
                texts.size() > 6_000 && texts.size() < 7_500, "found " + texts.size() + " texts");
        assertTrue(
                texts.contains("can''t access main method in class: {0}"),
                "a class bundle of jdk.compiler");
        assertTrue(
                texts.contains("script file {0} is not found"),
                "a properties bundle nobody translated");
        assertFalse(
                texts.contains("tiger legacy"), "a table of jdk.compiler is no bundle of messages");
        assertFalse(
                messages.stream().anyMatch(m -> m.bundle().contains("sun/util/resources")),
                "locale data");
        assertTrue(
                messages.stream().allMatch(m -> m.text().equals(JdkMessages.normalise(m.text()))));
    }

    @Test
    void thisJdkIsTranslated() {
        for (String language : List.of("de", "ja", "zh_CN")) {
            List<Translation> pairs = JdkMessages.parallel(language);
            // JDK 25.0.3: 5,697 de, 5,613 ja, 5,675 zh_CN.
            assertTrue(
                    pairs.size() > 5_300 && pairs.size() < 6_200,
                    language + ": " + pairs.size() + " pairs");
            assertTrue(pairs.stream().noneMatch(p -> p.english().text().equals(p.other())));
            Set<List<String>> unique = new HashSet<>();
            pairs.forEach(p -> assertTrue(unique.add(List.of(p.english().text(), p.other()))));
        }
        assertTrue(
                JdkMessages.parallel("de").stream()
                        .anyMatch(p ->
                                p.english().text().equals("{0} is already defined in {1}")
                                        || p.other().equals("Methode nicht gefunden")
                                        || p.other().contains("kann nicht instanziiert werden")));
    }

    @Test
    void missingModulesAreNamed() throws IOException {
        Files.delete(image.resolve("jdk.jconsole"));
        Files.delete(image.resolve("jdk.compiler"));
        var e = assertThrows(BadInputException.class, () -> JdkMessages.english(image));
        String message = String.valueOf(e.getMessage());
        assertTrue(
                message.contains(
                        " lacks the modules jdk.compiler, jdk.jconsole; run a full JDK 25"),
                message);
    }

    @Test
    void anUnknownLanguageIsRefused() {
        var e = assertThrows(BadInputException.class, () -> JdkMessages.parallel("eo"));
        assertEquals(
                "the JDK has no messages in \"eo\"; it is translated to de, ja, zh_CN",
                e.getMessage());
    }

    @Test
    void aTranslatedBundleCountsWithItsShortTexts() throws IOException {
        write("jdk.jdi/a/R.properties", "k1=Cancel\nk2=C\nk3=67\nk4= Two \\n\\t lines \nk5=Same\n");
        write(
                "jdk.jdi/a/R_de.properties",
                "k1=Abbrechen\nk2=A\nk3=68\nk4=Zwei\\u00a0Zeilen\nk5=Same\nk6=Ohne\n");
        write("jdk.jdi/a/R_fr.properties", "k1=Annuler\n");
        assertEquals(
                List.of(
                        new Message("jdk.jdi", "a/R", "k1", "Cancel"),
                        new Message("jdk.jdi", "a/R", "k4", "Two lines"),
                        new Message("jdk.jdi", "a/R", "k5", "Same")),
                JdkMessages.english(image));
        assertEquals(
                List.of(
                        new Translation(new Message("jdk.jdi", "a/R", "k1", "Cancel"), "Abbrechen"),
                        new Translation(
                                new Message("jdk.jdi", "a/R", "k4", "Two lines"), "Zwei Zeilen")),
                JdkMessages.parallel(image, "de"));
    }

    @Test
    void anUntranslatedBundleCountsIfItHoldsProse() throws IOException {
        write("java.xml/a/M_en.properties", "a=no such file\nb=cannot open it\nc=Exit\n");
        write("java.xml/a/Table.properties", "a=0 0\nb=Name\nc=two words\n");
        write("java.xml/a/Records.properties", "a=type=image file;name=x\nb=type=sound file\n");
        write(
                "java.xml/a/Flags.properties",
                "a=old api\nb=old api\nc=old api\nd=old api\ne=old api\n");
        write("java.xml/sun/util/resources/Names.properties", "a=Central European Time\n");
        assertEquals(
                List.of(
                        new Message("java.xml", "a/M", "a", "no such file"),
                        new Message("java.xml", "a/M", "b", "cannot open it"),
                        new Message("java.xml", "a/M", "c", "Exit")),
                JdkMessages.english(image));
    }

    private void write(String file, String text) throws IOException {
        Path path = image.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
