package nonmercer.attention;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import nonmercer.random.RandomStream;

/// An attention, what it is given, and what is applied to its weights.
///
/// Heads of queries and keys are numbered through the sequences, as groups.
///
/// @param in queries `[b, h, n, d]`, keys `[b, h', m, d]` and values `[b, h', m, e]`
/// @param g the gradient of the output `[b, h, n, e]`
/// @param coins the stream of the dropout, if there is any
record FusedCase(
        Attention attention,
        List<Array> in,
        Array g,
        Mask mask,
        Bias bias,
        Optional<RandomStream> coins) {
    /// Nothing but a mask is applied.
    static FusedCase of(Attention attention, List<Array> in, Array g, Mask mask) {
        return new FusedCase(attention, in, g, mask, Bias.none(), Optional.empty());
    }

    int heads() {
        return g.dim(1);
    }

    int groups() {
        return g.dim(0) * heads();
    }

    /// Heads of queries that read one head of keys.
    int share() {
        return heads() / in.get(1).dim(1);
    }

    int n() {
        return g.dim(2);
    }

    int m() {
        return in.get(1).dim(2);
    }

    int d() {
        return in.get(0).dim(3);
    }

    int e() {
        return g.dim(3);
    }

    boolean sees(int group, int i, int j) {
        return mask.sees(group / heads(), i, n(), j, m());
    }

    /// What is done for a query and a key of a group.
    interface ForPair {
        void run(int group, int i, int j);
    }

    /// Every query with every key it sees.
    void forSeen(ForPair what) {
        for (int group = 0; group < groups(); group++) {
            for (int i = 0; i < n(); i++) {
                for (int j = 0; j < m(); j++) {
                    if (sees(group, i, j)) {
                        what.run(group, i, j);
                    }
                }
            }
        }
    }

    /// The numbers of the bias, none or `[s, h, n, m]` or `[s, h, n + m − 1]`, where `s` and `h`
    /// may be 1.
    Optional<Array> biases() {
        Shape scores = Shape.of(g.dim(0), heads(), n(), m());
        return bias.tensor(scores, DType.FLOAT64).map(Tensor::value);
    }

    /// The place of a pair's number in the bias.
    int place(Array biases, int group, int i, int j) {
        int sequence = biases.dim(0) == 1 ? 0 : group / heads();
        int head = biases.dim(1) == 1 ? 0 : group % heads();
        int plane = sequence * biases.dim(1) + head;
        return biases.shape().rank() == 3
                ? plane * (n() + m() - 1) + j - i + n() - 1
                : (plane * n() + i) * m() + j;
    }

    /// What dropout multiplies the weights `[b, h, n, m]` by; empty where nothing is dropped.
    double[] kept() {
        if (coins.isEmpty() || attention.dropout() == 0) {
            return new double[0];
        }
        Array mask = Array.zeros(DType.FLOAT64, Shape.of(groups(), n(), m()));
        double keep = 1 - attention.dropout();
        coins.get().at("mask").fillMask(mask, keep, 1 / keep);
        return mask.doubles();
    }
}
