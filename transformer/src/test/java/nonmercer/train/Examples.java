package nonmercer.train;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.model.Classifier;
import nonmercer.model.Config;
import nonmercer.model.Design;
import nonmercer.model.EncoderDecoder;
import nonmercer.model.Sizes;
import nonmercer.random.RandomStream;

/// Tiny tasks for tests.
final class Examples {
    private Examples() {}

    /// Which of two tokens comes first? Only the order tells.
    static List<Classification.Example> order(String name, int count, int length) {
        RandomStream random = RandomStream.of(5).at(name);
        List<Classification.Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] tokens = random.ints(length, 3, 6).toArray();
            int[] places = random.permutation(length);
            int a = Math.min(places[0], places[1]);
            int b = Math.max(places[0], places[1]);
            int label = i % 2;
            tokens[a] = 1 + label;
            tokens[b] = 2 - label;
            examples.add(new Classification.Example(tokens, label));
        }
        return examples;
    }

    static Classifier classifier(Design design, int width) {
        Config config = new Config(new Sizes(8, 16, width, 2, 2 * width, 1), design, DType.FLOAT32);
        return Classifier.create(config, 2, RandomStream.of(1));
    }

    /// Every source of one or two of four tokens, and its target: mark, the source backwards, mark.
    static List<Translation.Example> reversed() {
        List<Translation.Example> examples = new ArrayList<>();
        for (int length = 1; length <= 2; length++) {
            for (int code = 0; code < 1 << 2 * length; code++) {
                int[] source = new int[length];
                int[] target = new int[length + 2];
                target[0] = 1;
                target[length + 1] = 2;
                for (int i = 0; i < length; i++) {
                    source[i] = 3 + (code >> 2 * i & 3);
                    target[length - i] = source[i];
                }
                examples.add(new Translation.Example(source, target));
            }
        }
        return examples;
    }

    static EncoderDecoder translator(Design design, int width) {
        Config config = new Config(new Sizes(7, 8, width, 2, 2 * width, 1), design, DType.FLOAT32);
        return EncoderDecoder.create(config, RandomStream.of(1));
    }
}
