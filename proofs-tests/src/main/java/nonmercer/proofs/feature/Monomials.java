package nonmercer.proofs.feature;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.Array;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;

/// `φ(x)ₐ = w(a) xᵃ` for the multi-indices of degree at most `p`, one by one: what mutants are made
/// of.
///
/// @param degree the highest degree
/// @param weight of a multi-index
/// @param queries the multi-indices of the queries, in order
/// @param keys the multi-indices of the keys, in order
record Monomials(int degree, Weight weight, Order queries, Order keys) implements FeatureMap {
    /// The coefficient of a multi-index.
    interface Weight {
        double of(int[] a);
    }

    /// A list of multi-indices out of all of degree at most `p`.
    interface Order {
        List<int[]> of(List<int[]> all);

        /// All but the last.
        static Order skipLast() {
            return all -> all.subList(0, all.size() - 1);
        }
    }

    static Monomials of(int degree, Weight weight) {
        return new Monomials(degree, weight, all -> all, all -> all);
    }

    @Override
    public int dimension(int d) {
        return queries.of(indices(d, degree)).size();
    }

    @Override
    public Tensor queries(Tensor q, Pass pass) {
        return features(q, queries);
    }

    @Override
    public Tensor keys(Tensor k, Pass pass) {
        return features(k, keys);
    }

    private Tensor features(Tensor x, Order order) {
        int d = x.dim(-1);
        List<int[]> indices = order.of(indices(d, degree));
        double[][] phi = new double[x.dim(0)][indices.size()];
        for (int i = 0; i < phi.length; i++) {
            for (int j = 0; j < phi[i].length; j++) {
                phi[i][j] = weight.of(indices.get(j));
                for (int l = 0; l < d; l++) {
                    phi[i][j] *= Math.pow(x.value().get(i, l), indices.get(j)[l]);
                }
            }
        }
        return Tensor.of(Array.matrix(phi));
    }

    /// All multi-indices of `d` numbers with a sum of at most `p`, in lexicographic order.
    static List<int[]> indices(int d, int p) {
        List<int[]> all = new ArrayList<>();
        extend(new int[d], 0, p, all);
        return all;
    }

    private static void extend(int[] a, int l, int left, List<int[]> all) {
        if (l == a.length) {
            all.add(a.clone());
            return;
        }
        for (int n = 0; n <= left; n++) {
            a[l] = n;
            extend(a, l + 1, left - n, all);
        }
        a[l] = 0;
    }

    /// `|a| = Σ aₗ`.
    static int degree(int[] a) {
        int n = 0;
        for (int each : a) {
            n += each;
        }
        return n;
    }

    /// `n!`.
    static double factorial(int n) {
        double f = 1;
        for (int i = 2; i <= n; i++) {
            f *= i;
        }
        return f;
    }

    /// `a! = Π aₗ!`.
    static double factorial(int[] a) {
        double f = 1;
        for (int each : a) {
            f *= factorial(each);
        }
        return f;
    }

    /// `d^(-|a|/4) / √a!`: the right weight.
    static double right(int[] a) {
        return Math.pow(a.length, -degree(a) / 4.0) / Math.sqrt(factorial(a));
    }
}
