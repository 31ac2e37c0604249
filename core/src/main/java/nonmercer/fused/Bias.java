package nonmercer.fused;

import nonmercer.array.Array;

/// A number added to the logarithm of each weight: `wᵢⱼ e^bᵢⱼ`.
///
/// @param values `[s, h, n, m]`, or, where it depends on the distance of the positions alone, `[s,
///   h, n + m − 1]` with the number of query i and key j at `j − i + n − 1`; `s` and `h` are those
///   of the attention or 1
/// @param relative which of the two
public record Bias(Array values, boolean relative) {
    /// Checks the rank.
    public Bias {
        int rank = relative ? 3 : 4;
        if (values.shape().rank() != rank) {
            throw new IllegalArgumentException(
                    "a "
                            + (relative
                                    ? "relative bias is [s, h, n + m - 1]"
                                    : "bias is [s, h, n, m]")
                            + ", got "
                            + values.shape());
        }
    }

    void check(Extent x) {
        boolean fits =
                (values.dim(0) == 1 || values.dim(0) == x.sequences())
                        && (values.dim(1) == 1 || values.dim(1) == x.heads())
                        && (relative
                                ? values.dim(2) == Math.max(0, x.n() + x.m() - 1)
                                : values.dim(2) == x.n() && values.dim(3) == x.m());
        if (!fits) {
            throw new IllegalArgumentException(
                    "a bias "
                            + values.shape()
                            + " does not fit "
                            + x.sequences()
                            + " sequences, "
                            + x.heads()
                            + " heads, "
                            + x.n()
                            + " queries and "
                            + x.m()
                            + " keys");
        }
    }

    int planes() {
        return values.dim(0) * values.dim(1);
    }

    /// The plane that a group of queries reads.
    int plane(int group, Extent x) {
        int sequence = values.dim(0) == 1 ? 0 : group / x.heads();
        int head = values.dim(1) == 1 ? 0 : group % x.heads();
        return sequence * values.dim(1) + head;
    }

    /// Where the number of query i and key j stands; that of the next key stands behind it.
    int at(int group, int i, int j, Extent x) {
        int plane = plane(group, x);
        return relative
                ? plane * (x.n() + x.m() - 1) + j - i + x.n() - 1
                : (plane * x.n() + i) * x.m() + j;
    }
}
