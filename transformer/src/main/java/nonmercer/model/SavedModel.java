package nonmercer.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.autodiff.ParameterTree;
import nonmercer.io.BadInputException;
import nonmercer.io.Json;
import nonmercer.io.RecordJson;
import nonmercer.io.Safetensors;
import nonmercer.text.BytePairTokenizer;

/// A model in a folder: `weights.safetensors`, `config.json` and `tokenizer.json`.
///
/// Values come back with the same bits. The configuration names what the model is for and the
/// version of the format; a folder of another kind or version, or weights of other names or shapes,
/// is refused in a sentence.
final class SavedModel {
    /// 2: heads and attention are records; 1 had a number of heads and a kernel.
    private static final int VERSION = 2;

    private static final String WEIGHTS = "weights.safetensors";
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";

    private final Path folder;
    private final Json json;

    private SavedModel(Path folder, Json json) {
        this.folder = folder;
        this.json = json;
    }

    /// Writes the three files beside what the folder held, then puts them in its place, the
    /// configuration last: a save that fails leaves the old model, and one that is cut off leaves a
    /// folder that holds none, never parts of two.
    ///
    /// @throws BadInputException if the folder cannot be written
    /// @throws IllegalArgumentException if the kernel is none that can be written down
    static void save(
            Path folder,
            String kind,
            Config config,
            Map<String, Json> more,
            BytePairTokenizer tokenizer,
            Object model) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("model", Json.of(kind));
        members.put("version", Json.of((long) VERSION));
        members.put("config", RecordJson.write(config, Config.class));
        members.putAll(more);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInputException(folder + " is a file; name a folder to save the model in");
        }
        boolean existed = Files.exists(folder);
        Path parts = folder.resolve(".part-" + ProcessHandle.current().pid());
        try {
            try {
                Files.createDirectories(parts);
                new Safetensors(ParameterTree.of(model).snapshot(), Map.of("model", kind))
                        .write(parts.resolve(WEIGHTS));
                tokenizer.save(parts.resolve(TOKENIZER));
                Json.of(members).write(parts.resolve(CONFIG));
                Files.deleteIfExists(folder.resolve(CONFIG));
                for (String name : List.of(WEIGHTS, TOKENIZER, CONFIG)) {
                    Files.move(
                            parts.resolve(name),
                            folder.resolve(name),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                for (String name : List.of(WEIGHTS, TOKENIZER, CONFIG, "")) {
                    Files.deleteIfExists(parts.resolve(name));
                }
                if (!existed && !Files.exists(folder.resolve(CONFIG))) {
                    Files.deleteIfExists(folder);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new BadInputException(
                    "the model cannot be saved in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Opens a folder that holds a model of this kind.
    static SavedModel open(Path folder, String kind) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(
                    folder + " holds no saved model: there is no " + CONFIG + " in it");
        }
        SavedModel saved = new SavedModel(folder, Json.read(file));
        String found = saved.read(json -> json.get("model").text());
        if (!found.equals(kind)) {
            throw new BadInputException(file + ": expected a " + kind + ", this is a " + found);
        }
        long version = saved.read(json -> json.get("version").integer());
        if (version != VERSION) {
            throw new BadInputException(
                    file
                            + ": saved in version "
                            + version
                            + " of the format, this library reads version "
                            + VERSION
                            + "; load it with the release that saved it, or train it anew");
        }
        return saved;
    }

    /// What this reads from the configuration file; a refusal names the file.
    <T> T read(Function<Json, T> part) {
        return naming(CONFIG, () -> part.apply(json));
    }

    /// The model that is made of the saved configuration, with the saved parameters.
    <T> T model(Function<Config, T> create) {
        T model = read(json -> create.apply(RecordJson.read(json.get("config"), Config.class)));
        Map<String, Array> tensors = Safetensors.read(folder.resolve(WEIGHTS)).tensors();
        return naming(
                WEIGHTS,
                () -> {
                    ParameterTree.of(model).restore(tensors);
                    return model;
                });
    }

    BytePairTokenizer tokenizer() {
        return BytePairTokenizer.load(folder.resolve(TOKENIZER));
    }

    /// What this makes of the saved parts; a refusal names the folder.
    <T> T whole(Supplier<T> make) {
        return naming("", make);
    }

    private <T> T naming(String file, Supplier<T> action) {
        try {
            return action.get();
        } catch (BadInputException | IllegalArgumentException e) {
            throw new BadInputException(folder.resolve(file) + ": " + e.getMessage(), e);
        }
    }

    /// Refuses a tokeniser with more tokens than the model knows.
    static void checkVocabulary(BytePairTokenizer tokenizer, Config config) {
        if (tokenizer.size() > config.sizes().vocabulary()) {
            throw new IllegalArgumentException(
                    "the tokeniser has "
                            + tokenizer.size()
                            + " tokens, the model knows "
                            + config.sizes().vocabulary()
                            + "; give the model the tokeniser's size as its vocabulary");
        }
    }
}
