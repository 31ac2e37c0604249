package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.Spread;

/// A small attention whose law is learned, and what its loss is made of: `μ`, `λ`, queries, keys,
/// values, one after the other; the loss is `Σ g·out`.
///
/// @param numbers all of these
/// @param g the weights of the loss
/// @param causal whether query `i` sees the keys up to `i` only
record LearnedLaw(double[] numbers, double[] g, boolean waves, boolean causal, long seed) {
    static final int D = 4;
    static final int L = 6;
    static final int E = 2;
    static final int M = 8;

    /// The constant feature of waves.
    static final double CONSTANT = 1.5;

    static LearnedLaw random(Random r) {
        double[] numbers = GaussAt.gaussian(r, 2 * D + L * (2 * D + E));
        GaussAt.scale(numbers, 0.6);
        return new LearnedLaw(
                numbers,
                GaussAt.gaussian(r, L * E),
                r.nextBoolean(),
                r.nextBoolean(),
                r.nextLong());
    }

    /// Where each of them begins, and where the last one ends.
    static int[] parts() {
        return new int[] {0, D, 2 * D, 2 * D + L * D, 2 * D + 2 * L * D, 2 * D + L * (2 * D + E)};
    }

    Array part(int index, Shape shape) {
        int[] at = parts();
        return Array.of(shape, Arrays.copyOfRange(numbers, at[index], at[index + 1]));
    }

    /// The law with trained numbers, or fixed ones.
    Gaussian law(boolean trained) {
        Array mu = part(0, Shape.of(1, D));
        Array lambda = part(1, Shape.of(1, D));
        return new Gaussian(
                trained ? Numbers.trained(mu) : Numbers.fixed(mu),
                new Spread.Diagonal(trained ? Numbers.trained(lambda) : Numbers.fixed(lambda)));
    }

    RandomFeatures features(Gaussian law, int m) {
        return new RandomFeatures(
                law,
                new Coupling.Independent(),
                waves
                        ? new Component.Trigonometric(Target.GAUSSIAN, CONSTANT)
                        : new Component.Positive(Target.GAUSSIAN),
                Preconditioner.NONE,
                Estimates.PLAIN,
                m);
    }

    FeatureMap map(Gaussian law, long seed) {
        return features(law, M).draw(RandomStream.of(seed));
    }

    /// The loss with its derivative by one of the numbers, by the formulas.
    Dual loss(int variable) {
        Dual[] x = new Dual[numbers.length];
        Arrays.setAll(x, i -> i == variable ? Dual.variable(numbers[i]) : Dual.of(numbers[i]));
        int[] at = parts();
        double[][] noise = Rows.of(new Coupling.Independent()).draw(M, D, RandomStream.of(seed));
        Dual[][] omega = new Dual[M][D];
        for (int i = 0; i < M; i++) {
            for (int l = 0; l < D; l++) {
                omega[i][l] = x[l].plus(x[D + l].times(0.5).exp().times(noise[i][l]));
            }
        }
        Dual[][] phi = new Dual[L][];
        Dual[][] psi = new Dual[L][];
        for (int i = 0; i < L; i++) {
            phi[i] = feature(omega, Arrays.copyOfRange(x, at[2] + i * D, at[2] + (i + 1) * D));
            psi[i] = feature(omega, Arrays.copyOfRange(x, at[3] + i * D, at[3] + (i + 1) * D));
        }
        Dual loss = Dual.of(0);
        for (int i = 0; i < L; i++) {
            Dual z = Dual.of(0);
            Dual sum = Dual.of(0);
            for (int j = 0; j < (causal ? i + 1 : L); j++) {
                Dual w = dot(phi[i], psi[j]);
                z = z.plus(w);
                for (int l = 0; l < E; l++) {
                    sum = sum.plus(w.times(x[at[4] + j * E + l]).times(g[i * E + l]));
                }
            }
            loss = loss.plus(sum.over(z));
        }
        return loss;
    }

    private Dual[] feature(Dual[][] omega, Dual... x) {
        Dual[] f = new Dual[waves ? 2 * M + 1 : M];
        for (int i = 0; i < M; i++) {
            Dual u = dot(omega[i], x);
            double scale = 1 / Math.sqrt(M);
            if (waves) {
                f[i] = u.cos().times(scale);
                f[M + i] = u.sin().times(scale);
            } else {
                f[i] = u.minus(dot(x, x)).exp().times(scale);
            }
        }
        if (waves) {
            f[2 * M] = Dual.of(CONSTANT);
        }
        return f;
    }

    private static Dual dot(Dual[] a, Dual... b) {
        Dual sum = Dual.of(0);
        for (int l = 0; l < a.length; l++) {
            sum = sum.plus(a[l].times(b[l]));
        }
        return sum;
    }

    /// The shapes of queries, keys and values.
    static List<Shape> shapes() {
        return List.of(Shape.of(1, 1, L, D), Shape.of(1, 1, L, D), Shape.of(1, 1, L, E));
    }
}
