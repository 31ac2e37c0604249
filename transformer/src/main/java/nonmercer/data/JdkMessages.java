package nonmercer.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nonmercer.io.BadInputException;

/// The messages of the running JDK, in English and in the languages it is translated to: real text
/// on every machine that has a full JDK, read from the runtime image without loading a class.
///
/// What counts as a bundle of messages: a `.properties` file, or a class that extends
/// `ListResourceBundle` and holds its texts as constants. `X` (or `X_en` where there is no `X`) is
/// the English one, `X_de` its German twin. Left out are locale data (`sun.text.resources`,
/// `sun.util.resources`, the module `jdk.localedata`) and, among bundles nobody translated, those
/// that hold tables rather than messages: where fewer than half of the values are prose (two words
/// or more, no `name=value`), or fewer than a quarter of the values differ.
///
/// What counts as a message: a text with a word of at least two letters. That leaves out one-key
/// accelerators, key codes, sizes and colours. White space is normalised: every run of it becomes
/// one space. Placeholders (`{0}`), doubled quotes and `&` accelerators inside a text stay as they
/// are.
public final class JdkMessages {
    /// The modules with at least 100 translated messages: without any of these the corpus is not
    /// the documented one.
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

    private static final List<String> TRANSLATIONS = List.of("de", "ja", "zh_CN");
    private static final Pattern LOCALE =
            Pattern.compile("_([a-z]{2,3}(_[A-Z][A-Za-z]{3})?(_[A-Z]{2}(_[A-Z]+)?)?)$");
    private static final Pattern ENGLISH = Pattern.compile("_en$");
    private static final Pattern WORD = Pattern.compile("\\p{L}{2}");
    private static final Pattern PROSE =
            Pattern.compile("(?U)\\b\\p{L}{2,}\\b.*\\s.*\\b\\p{L}{2,}\\b", Pattern.DOTALL);
    private static final Pattern RECORD = Pattern.compile("\\w+=\\S");

    private final Path root;
    private final NavigableSet<String> files;

    private JdkMessages(Path root) throws IOException {
        this.root = root;
        NavigableSet<String> modules = new TreeSet<>();
        this.files = new TreeSet<>();
        try (Stream<Path> children = Files.list(root)) {
            children.forEach(p -> modules.add(p.getFileName().toString()));
        }
        List<String> missing = MODULES.stream().filter(m -> !modules.contains(m)).toList();
        if (!missing.isEmpty()) {
            throw new BadInputException(
                    "the messages of the JDK were asked for, but the Java runtime at "
                            + System.getProperty("java.home")
                            + " lacks the module"
                            + (missing.size() == 1 ? " " : "s ")
                            + String.join(", ", missing)
                            + "; run a full JDK 25 or give a data file of your own");
        }
        for (String module : modules) {
            if (!module.equals("jdk.localedata")) {
                try (Stream<Path> all = Files.walk(root.resolve(module))) {
                    all.map(p -> root.relativize(p).toString().replace('\\', '/'))
                            .filter(JdkMessages::isCandidate)
                            .forEach(files::add);
                }
            }
        }
    }

    /// Every English message of the running JDK, with its module: texts may occur more than once.
    ///
    /// @throws BadInputException if the runtime lacks a module of the corpus; it names the missing
    ///   modules
    public static List<Message> english() {
        return english(image());
    }

    /// The unique pairs (English, other language) of the running JDK, pairs of two equal texts left
    /// out.
    ///
    /// @param language `de`, `ja` or `zh_CN`
    /// @throws BadInputException if the runtime lacks a module of the corpus, or has no bundle in
    ///   that language
    public static List<Translation> parallel(String language) {
        return parallel(image(), language);
    }

    static List<Message> english(Path root) {
        try {
            JdkMessages image = new JdkMessages(root);
            List<Message> messages = new ArrayList<>();
            for (String file : image.files) {
                if (image.isEnglish(file)) {
                    image.english(file, messages);
                }
            }
            return List.copyOf(messages);
        } catch (IOException e) {
            throw new UncheckedIOException("the runtime image cannot be read", e);
        }
    }

    static List<Translation> parallel(Path root, String language) {
        try {
            JdkMessages image = new JdkMessages(root);
            Set<List<String>> seen = new HashSet<>();
            List<Translation> pairs = new ArrayList<>();
            for (String file : image.files) {
                String name = name(file);
                if (!name.endsWith("_" + language)) {
                    continue;
                }
                String base = name.substring(0, name.length() - language.length() - 1);
                String english = image.englishTwin(base, file.substring(name.length()));
                if (english == null) {
                    continue;
                }
                NavigableMap<String, String> there = image.messages(file);
                for (Map.Entry<String, String> here : image.messages(english).entrySet()) {
                    String text = here.getValue();
                    String other = there.get(here.getKey());
                    if (other != null && !other.equals(text) && seen.add(List.of(text, other))) {
                        pairs.add(new Translation(message(base, here), other));
                    }
                }
            }
            if (pairs.isEmpty()) {
                throw new BadInputException(
                        "the JDK has no messages in \""
                                + language
                                + "\"; it is translated to "
                                + String.join(", ", TRANSLATIONS));
            }
            return List.copyOf(pairs);
        } catch (IOException e) {
            throw new UncheckedIOException("the runtime image cannot be read", e);
        }
    }

    private static Path image() {
        return FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    }

    private void english(String file, List<Message> messages) throws IOException {
        NavigableMap<String, String> entries = messages(file);
        String base = ENGLISH.matcher(name(file)).replaceFirst("");
        String ending = file.substring(name(file).length());
        boolean translated =
                TRANSLATIONS.stream().anyMatch(l -> files.contains(base + "_" + l + ending));
        if (translated || isProse(BundleFile.entries(root.resolve(file)).values())) {
            entries.entrySet().forEach(e -> messages.add(message(base, e)));
        }
    }

    /// The entries of a bundle that are messages, white space normalised.
    private NavigableMap<String, String> messages(String file) throws IOException {
        NavigableMap<String, String> messages = new TreeMap<>();
        BundleFile.entries(root.resolve(file))
                .forEach((key, text) -> {
                    if (WORD.matcher(text).find()) {
                        messages.put(key, normalise(text));
                    }
                });
        return messages;
    }

    private boolean isEnglish(String file) {
        String name = name(file);
        String ending = file.substring(name.length());
        if (ENGLISH.matcher(name).find()) {
            return !files.contains(ENGLISH.matcher(name).replaceFirst("") + ending);
        }
        return !LOCALE.matcher(name).find();
    }

    private @org.jspecify.annotations.Nullable String englishTwin(String base, String ending) {
        return files.contains(base + ending)
                ? base + ending
                : files.contains(base + "_en" + ending) ? base + "_en" + ending : null;
    }

    private static boolean isCandidate(String file) {
        boolean isFile =
                file.endsWith(".properties") || file.endsWith(".class") && file.indexOf('$') < 0;
        return isFile
                && !file.contains("/sun/text/resources/")
                && !file.contains("/sun/util/resources/");
    }

    private static boolean isProse(Collection<String> values) {
        long prose =
                values.stream()
                        .filter(v -> PROSE.matcher(v).find() && !RECORD.matcher(v).find())
                        .count();
        return 2 * prose >= values.size()
                && 4L * new LinkedHashSet<>(values).size() >= values.size();
    }

    private static Message message(String base, Map.Entry<String, String> entry) {
        int slash = base.indexOf('/');
        return new Message(
                base.substring(0, slash),
                base.substring(slash + 1),
                entry.getKey(),
                entry.getValue());
    }

    private static String name(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    /// Runs of white space, line breaks and no-break spaces included, become one space; none at
    /// either end.
    static String normalise(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = true;
            } else {
                if (gap && !out.isEmpty()) {
                    out.append(' ');
                }
                gap = false;
                out.append(c);
            }
        }
        return out.toString();
    }
}
