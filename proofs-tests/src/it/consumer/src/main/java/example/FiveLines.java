package example;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Attention;
import nonmercer.attention.Mask;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Diagnostics;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Gram;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.random.RandomStream;

/// A kernel in five lines, its Gram matrix, and attention with it.
public final class FiveLines {
    private FiveLines() {}

    private static Tensor random(String name) {
        Array a = Array.zeros(DType.FLOAT32, Shape.of(1, 2, 100, 16)); // [batch, heads, tokens, width]
        RandomStream.of(1).at(name).fillNormal(a, 0, 1);
        return Tensor.of(a);
    }

    /// Prints the shape of what attention gives, and the signs of a spectrum.
    public static void main(String[] args) {
        Tensor q = random("q");
        Tensor k = random("k");
        Tensor v = random("v");
        double[][] points = {{0, 1}, {2, 0}, {-1, 3}, {4, 4}};
        // README: from here
        record Cusp() implements Profile { // 1/(1 + ‖q-k‖₁)
            public double at(double[] q, double[] k) { return 1 / (1 + Pairing.L1_DISTANCE.at(q, k)); }
            public Pairing pairing() { return Pairing.L1_DISTANCE; }
            public Expression profile(Expression s) { return s.plus(1).reciprocal(); }
            public Traits traits() { return Traits.none().proved(Trait.NON_NEGATIVE, "a quotient of positive numbers"); }
        }
        Tensor weights = Gram.of(new Cusp(), q, k, Pass.evaluation()); // every query with every key
        Tensor out = Attention.of(new Cusp()).apply(q, k, v, Mask.causal(), Pass.evaluation()); // fused, no such matrix
        System.out.println(Diagnostics.of(new Cusp(), points).spectrum().orElseThrow().inertia());
        // README: to here
        System.out.println(weights.shape() + " " + out.shape());
    }
}
