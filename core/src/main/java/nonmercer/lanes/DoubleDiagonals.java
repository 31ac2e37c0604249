// twin: float
package nonmercer.lanes;

/// Blocks of `n × n` matrices `V = S H G Π H B`: diagonals `S`, `G`, `B`, the Hadamard matrix `H`
/// and a permutation `Π` (Le, Sarlós & Smola 2013). The `i`-th numbers of the `k`-th block are at
/// `k·n + i`.
public final class DoubleDiagonals {
    final int n;
    final double[] s;
    final double[] g;
    final double[] b;
    final int[] order;
    final int[] straight;

    /// Blocks of these diagonals; `(Π x)ᵢ = x[order[i]]`, a permutation that leaves every element
    /// in its block. Nothing is copied, nothing checked.
    public DoubleDiagonals(int n, double[] s, double[] g, double[] b, int... order) {
        this.n = n;
        this.s = s;
        this.g = g;
        this.b = b;
        this.order = order;
        this.straight = new int[order.length];
        for (int i = 0; i < straight.length; i++) {
            straight[i] = i;
        }
    }

    /// `Vᵀ = B H Πᵀ G H S = B H (ΠᵀG) Πᵀ H S`, of the same form.
    public DoubleDiagonals turned() {
        int[] back = new int[order.length];
        double[] there = new double[order.length];
        for (int i = 0; i < back.length; i++) {
            back[order[i]] = i;
            there[order[i]] = g[i];
        }
        return new DoubleDiagonals(n, b, there, s, back);
    }

    /// The numbers of all blocks.
    public int count() {
        return order.length;
    }
}
