package nonmercer.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import nonmercer.autodiff.ParameterTree;
import nonmercer.io.BadInputException;
import nonmercer.io.Json;
import nonmercer.io.RecordJson;
import nonmercer.io.Safetensors;
import nonmercer.text.BytePairTokenizer;

/// A model in a folder: `weights.safetensors`, `config.json` and `tokenizer.json`.
///
/// Values come back with the same bits. The configuration names what the model is for and the version of the format;
/// a folder of another kind or version, or weights of other names or shapes, is refused in a sentence.
final class SavedModel {
    private static final int VERSION = 1;
    private static final String WEIGHTS = "weights.safetensors";
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";

    private final Path folder;
    private final Json json;

    private SavedModel(Path folder, Json json) {
        this.folder = folder;
        this.json = json;
    }

    /// Writes the three files, each whole or not at all, the configuration last.
    static void save(
            Path folder, String kind, Config config, Map<String, Json> more, BytePairTokenizer tokenizer, Object model) {
        try {
            Files.createDirectories(folder);
        } catch (java.io.IOException e) {
            throw new BadInputException("the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        new Safetensors(ParameterTree.of(model).snapshot(), Map.of("model", kind)).write(folder.resolve(WEIGHTS));
        tokenizer.save(folder.resolve(TOKENIZER));
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("model", Json.of(kind));
        members.put("version", Json.of((long) VERSION));
        members.put("config", RecordJson.write(config, Config.class));
        members.putAll(more);
        Json.of(members).write(folder.resolve(CONFIG));
    }

    /// Opens a folder that holds a model of this kind.
    static SavedModel open(Path folder, String kind) {
        Path file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(folder + " holds no saved model: there is no " + CONFIG + " in it");
        }
        Json json = Json.read(file);
        if (!json.get("model").text().equals(kind)) {
            throw new BadInputException(
                    file + ": expected a " + kind + ", this is a " + json.get("model").text());
        }
        long version = json.get("version").integer();
        if (version != VERSION) {
            throw new BadInputException(file + ": saved in version " + version + " of the format, this library reads version "
                    + VERSION);
        }
        return new SavedModel(folder, json);
    }

    Config config() {
        return RecordJson.read(json.get("config"), Config.class);
    }

    Json get(String name) {
        return json.get(name);
    }

    BytePairTokenizer tokenizer() {
        BytePairTokenizer tokenizer = BytePairTokenizer.load(folder.resolve(TOKENIZER));
        int known = config().sizes().vocabulary();
        if (tokenizer.size() > known) {
            throw new BadInputException(folder.resolve(TOKENIZER) + ": it has " + tokenizer.size()
                    + " tokens, the model of the same folder knows " + known);
        }
        return tokenizer;
    }

    /// Overwrites the parameters of a fresh model with the saved ones.
    void restore(Object model) {
        try {
            ParameterTree.of(model).restore(Safetensors.read(folder.resolve(WEIGHTS)).tensors());
        } catch (IllegalArgumentException e) {
            throw new BadInputException(folder.resolve(WEIGHTS) + ": " + e.getMessage(), e);
        }
    }
}
