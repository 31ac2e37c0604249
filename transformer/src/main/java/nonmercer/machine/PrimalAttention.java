package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// `J(Wₑ, Wᵣ) = ½ Σᵢ e(xᵢ)ᵀ Λ e(xᵢ) + ½ Σⱼ r(yⱼ)ᵀ Λ r(yⱼ) - tr Wₑᵀ Wᵣ` with `e = Wₑᵀ φ`, `r = Wᵣᵀ
/// ψ`: the objective whose stationary points are singular vectors.
///
/// It is 0 at every stationary point, which attention regularised by it uses; that is necessary and
/// not sufficient, and J has no lower or upper bound: with `Wᵣ = 0` it grows like the square of
/// `Wₑ`. Source: Chen, Tao, Tonin & Suykens 2023, Lemma 4.2; Tao et al. 2024 on the bound.
///
/// @param queries `φ(xᵢ)`, `[n, D]`
/// @param keys `ψ(yⱼ)`, `[m, D]`
/// @param lambda the diagonal of Λ, `[rank]`
public record PrimalAttention(Array queries, Array keys, double[] lambda) {
    /// Checks the shapes and copies the diagonal.
    public PrimalAttention {
        lambda = lambda.clone();
        Dense.checkPoints("the queries' features", queries);
        Dense.checkPoints("the keys' features", keys);
        if (lambda.length == 0) {
            throw new IllegalArgumentException("the diagonal of Λ has at least one entry, got 0");
        }
        if (queries.dim(1) != keys.dim(1)) {
            throw new IllegalArgumentException(
                    "queries and keys need equally many features, got "
                            + queries.shape()
                            + " and "
                            + keys.shape());
        }
    }

    /// `J` at `Wₑ`, `Wᵣ`, each `[D, rank]`.
    ///
    /// @throws IllegalArgumentException if they have other shapes
    public double objective(Array we, Array wr) {
        check("Wₑ", we);
        check("Wᵣ", wr);
        return energy(Dense.times(queries, we)) / 2
                + energy(Dense.times(keys, wr)) / 2
                - Dense.dot(we.toDoubles(), wr.toDoubles());
    }

    private void check(String what, Array w) {
        Shape expected = Shape.of(queries.dim(1), lambda.length);
        if (!w.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    what
                            + " must have a row a feature and a column an entry of Λ, "
                            + expected
                            + ", got shape "
                            + w.shape());
        }
    }

    private double energy(Array e) {
        double sum = 0;
        for (int i = 0; i < e.size(); i++) {
            sum += e.at(i) * e.at(i) * lambda[i % lambda.length];
        }
        return sum;
    }
}
