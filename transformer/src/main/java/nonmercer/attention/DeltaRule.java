package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Shape;
import nonmercer.autodiff.Tensor;
import nonmercer.autodiff.op.MatMul;
import nonmercer.linalg.Transpose;

/// `yᵢ = Sᵢᵀ qᵢ`, `Sᵢ = Sᵢ₋₁ + βᵢ kᵢ (vᵢ − Sᵢ₋₁ᵀ kᵢ)ᵀ`: causal linear attention that writes what a
/// key lacks, so that a key that comes again replaces its value instead of adding to it (Schlag,
/// Irie & Schmidhuber 2021, the delta rule of Widrow & Hoff 1960).
///
/// By chunks (Yang et al. 2024, "Parallelizing linear transformers with the delta rule"): inside a
/// chunk with keys `K`, values `V` and the state `S` before it, `U = (I + N)⁻¹ (βV − βK S)` with `N
/// = βKKᵀ` below the diagonal, `Y = Q S + tril(QKᵀ) U`, and `S + KᵀU` goes on: products of
/// matrices, linear in the length forward and backward.
///
/// With keys of length 1 and `0 ≤ β ≤ 1` a state grows no faster than the root of the number of
/// tokens: `‖Sᵢ‖² ≤ ‖Sᵢ₋₁‖² + βᵢ ‖vᵢ‖²`.
///
/// @param chunk the rows of a chunk
public record DeltaRule(int chunk) {
    /// Refuses an empty chunk.
    public DeltaRule {
        LinearAttention.checkChunk(chunk);
    }

    /// With chunks of 64.
    public DeltaRule() {
        this(LinearAttention.CHUNK);
    }

    /// `q`, `k` `[…, n, f]`, `v` `[…, n, e]` and the rates `β` `[…, n]` → `[…, n, e]`.
    public Tensor apply(Tensor q, Tensor k, Tensor v, Tensor rates) {
        Shape rows = q.shape().without(-1);
        if (!k.shape().equals(q.shape())
                || !v.shape().without(-1).equals(rows)
                || !rates.shape().equals(rows)) {
            throw new IllegalArgumentException(
                    "the delta rule takes queries and keys [..., n, f], values [..., n, e] and rates"
                            + " [..., n], got "
                            + q.shape()
                            + ", "
                            + k.shape()
                            + ", "
                            + v.shape()
                            + " and "
                            + rates.shape());
        }
        int n = q.dim(-2);
        Tensor column = rates.reshape(rows.append(1));
        List<Tensor> parts = new ArrayList<>();
        Tensor state = null; // [..., f, e]
        for (int from = 0; from < n; from += chunk) {
            int to = Math.min(n, from + chunk);
            Tensor b = column.slice(-2, from, to);
            Tensor keys = k.slice(-2, from, to);
            Tensor queries = q.slice(-2, from, to);
            Tensor scaled = keys.mul(b);
            Tensor wanted = v.slice(-2, from, to).mul(b);
            Tensor lacking = state == null ? wanted : wanted.sub(scaled.matmul(state));
            Tensor inverse =
                    Tensor.apply(new UnitLowerInverse(), scaled.matmul(keys, Transpose.TRANSPOSED));
            Tensor u = inverse.matmul(lacking); // [..., c, e]
            Tensor pairs =
                    queries.matmul(keys, Transpose.TRANSPOSED)
                            .mul(UnitLowerInverse.below(to - from, q.dtype(), 0));
            Tensor near = pairs.matmul(u);
            parts.add(state == null ? near : near.add(queries.matmul(state)));
            Tensor more = Tensor.apply(new MatMul(Transpose.TRANSPOSED, Transpose.PLAIN), keys, u);
            state = state == null ? more : state.add(more);
        }
        return parts.size() == 1 ? parts.getFirst() : Tensor.concat(-2, parts);
    }
}
