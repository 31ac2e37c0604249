package nonmercer.proofs.attention;

import nonmercer.array.Array;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Kernel;

/// Wrong attentions, for the claims to refute.
final class Wrong {
    private Wrong() {}

    /// The mask is not applied.
    static Tensor maskDropped(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return Attending.attend(kernel, q, k, v, Mask.none());
    }

    /// What is hidden is seen with a small weight: a finite number for -∞.
    static Attending.Form hiddenAt(double logit) {
        return (kernel, q, k, v, mask) ->
                hidden(scores(kernel, q, k), mask, logit).softmax().matmul(v);
    }

    /// The mask is applied to the weights, whose sum still has the hidden ones in it.
    static Tensor maskAfterSoftmax(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return hidden(scores(kernel, q, k).softmax(), mask, 0).matmul(v);
    }

    /// Query `i` sees one key more than it should.
    static Tensor maskOneTooFar(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        double[][] seen = seen(q, k, mask);
        for (double[] row : seen) {
            for (int j = row.length - 1; j > 0; j--) {
                row[j] = Math.max(row[j], row[j - 1]);
            }
        }
        return Gram.of(kernel, q, k, Pass.evaluation())
                .mul(matrix(q, seen))
                .normalizeRows()
                .matmul(v);
    }

    /// The weights of a key sum to one over the queries, instead of those of a query over the keys.
    static Tensor normalisedOverQueries(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return masked(kernel, q, k, mask)
                .permute(0, 1, 3, 2)
                .normalizeRows()
                .permute(0, 1, 3, 2)
                .matmul(v);
    }

    /// Nothing is normalised.
    static Tensor notNormalised(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return masked(kernel, q, k, mask).matmul(v);
    }

    /// A row without weight is divided by 0.
    static Tensor dividedByZero(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        Tensor w = masked(kernel, q, k, mask);
        return w.div(w.sum(-1).reshape(w.shape().with(-1, 1))).matmul(v);
    }

    /// Later keys weigh more.
    static Tensor keysByPosition(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return position(q, k, false).mul(masked(kernel, q, k, mask)).normalizeRows().matmul(v);
    }

    /// Each query sees the keys with a weight that falls with the distance of the positions.
    static Tensor queriesByPosition(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return position(q, k, true).mul(masked(kernel, q, k, mask)).normalizeRows().matmul(v);
    }

    /// Softmax of the kernel's values, as if they were logarithms.
    static Tensor softmaxOfKernel(Kernel kernel, Tensor q, Tensor k, Tensor v, Mask mask) {
        return hidden(Gram.of(kernel, q, k, Pass.evaluation()), mask, Double.NEGATIVE_INFINITY)
                .softmax()
                .matmul(v);
    }

    private static Tensor scores(Kernel kernel, Tensor q, Tensor k) {
        return Gram.log(kernel, q, k, Pass.evaluation()).orElseThrow();
    }

    private static Tensor masked(Kernel kernel, Tensor q, Tensor k, Mask mask) {
        return hidden(Gram.of(kernel, q, k, Pass.evaluation()), mask, 0);
    }

    private static Tensor hidden(Tensor scores, Mask mask, double as) {
        return scores.where(mask.table(scores), as);
    }

    private static double[][] seen(Tensor q, Tensor k, Mask mask) {
        double[][] seen = new double[q.dim(2)][k.dim(2)];
        for (int i = 0; i < seen.length; i++) {
            for (int j = 0; j < seen[i].length; j++) {
                seen[i][j] = mask.sees(0, i, seen.length, j, seen[i].length) ? 1 : 0;
            }
        }
        return seen;
    }

    private static Tensor position(Tensor q, Tensor k, boolean relative) {
        double[][] w = new double[q.dim(2)][k.dim(2)];
        for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w[i].length; j++) {
                w[i][j] = relative ? 1.0 / (1 + Math.abs(i - j)) : 1 + j;
            }
        }
        return matrix(q, w);
    }

    private static Tensor matrix(Tensor like, double[][] w) {
        return Tensor.of(Array.matrix(w).cast(like.dtype()));
    }
}
