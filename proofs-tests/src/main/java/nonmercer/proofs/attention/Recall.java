package nonmercer.proofs.attention;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Denominator;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.layer.Linear;
import nonmercer.layer.MultiHeadAttention;
import nonmercer.layer.Positions;
import nonmercer.random.RandomStream;

/// Associative recall: sequences of 16 tokens, each a key and a value; then every key is asked for
/// its value.
///
/// A token is the unit vector of its key beside the value, four normal numbers, which are fresh in
/// each sequence, as is the order of the tokens. The squared error of an attention whose weights
/// are `α` on values that carry no information on their keys is `‖α - I‖²/16` in the mean; so a
/// kernel of D features cannot go below `1 - D/16`.
///
/// @param asked the unit vector of each key, `[b, 16, 16]`
/// @param told the tokens, `[b, 16, 20]`
/// @param values what is to be recalled, `[b, 16, 4]`
record Recall(Tensor asked, Tensor told, Tensor values) {
    static final int ITEMS = 16;
    private static final int WIDTH = 4;

    /// So many sequences.
    static Recall drawn(int sequences, RandomStream random) {
        double[] asked = new double[sequences * ITEMS * ITEMS];
        double[] told = new double[sequences * ITEMS * (ITEMS + WIDTH)];
        double[] values = new double[sequences * ITEMS * WIDTH];
        for (int s = 0; s < sequences; s++) {
            int[] order = shuffled(random);
            for (int i = 0; i < ITEMS; i++) {
                int row = s * ITEMS + i;
                asked[row * ITEMS + i] = 1;
                told[row * (ITEMS + WIDTH) + order[i]] = 1;
                for (int e = 0; e < WIDTH; e++) {
                    double v = random.nextGaussian();
                    told[row * (ITEMS + WIDTH) + ITEMS + e] = v;
                    values[(s * ITEMS + order[i]) * WIDTH + e] = v;
                }
            }
        }
        return new Recall(
                tensor(asked, sequences, ITEMS),
                tensor(told, sequences, ITEMS + WIDTH),
                tensor(values, sequences, WIDTH));
    }

    private static int[] shuffled(RandomStream random) {
        int[] order = new int[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            int j = (int) (random.nextDouble() * (i + 1));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static Tensor tensor(double[] numbers, int sequences, int width) {
        return Tensor.of(Array.of(Shape.of(sequences, ITEMS, width), numbers));
    }

    /// One layer of attention with one head, whose queries and keys have d coordinates; weights of
    /// a kernel that takes negative values are not divided by their sum.
    static MultiHeadAttention layer(Kernel kernel, int d, RandomStream random) {
        Attention attention =
                kernel.traits().of(Trait.NON_NEGATIVE) instanceof Evidence.Refuted
                        ? Attention.of(kernel, new Denominator.None())
                        : Attention.of(kernel);
        return new MultiHeadAttention(
                Linear.create(random.at("query"), ITEMS, d, DType.FLOAT64),
                Linear.create(random.at("key"), ITEMS + WIDTH, d, DType.FLOAT64),
                Linear.create(random.at("value"), ITEMS + WIDTH, WIDTH, DType.FLOAT64),
                Linear.create(random.at("output"), WIDTH, WIDTH, DType.FLOAT64),
                1,
                attention);
    }

    /// The mean squared error of what the layer recalls.
    Tensor error(MultiHeadAttention layer, Pass pass) {
        return layer.apply(asked, told, Mask.none(), new Positions.Absent(), pass)
                .sub(values)
                .square()
                .mean();
    }
}
