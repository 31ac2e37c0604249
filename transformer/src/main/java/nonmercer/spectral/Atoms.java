package nonmercer.spectral;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.random.RandomStream;

/// `m` equally likely frequencies, themselves the parameters: frequencies learned directly.
///
/// The law is the sample, so there is no noise and no variance: `E cos(ω·t) = m⁻¹ Σᵢ cos(ωᵢ·t)`.
///
/// @param omega `[heads, m, d]`
public record Atoms(Numbers omega) implements SpectralLaw {
    /// Refuses another shape.
    public Atoms {
        if (omega.value().shape().rank() != 3) {
            throw new IllegalArgumentException(
                    "frequencies are [heads, m, d], got " + omega.value().shape());
        }
    }

    /// Trained frequencies that start as normal ones with this coupling, the same for every head.
    public static Atoms trained(
            int heads, int m, int d, Coupling coupling, DType dtype, RandomStream stream) {
        double[] one = coupling.draw(m, d, stream).normal().toDoubles();
        double[] all = new double[heads * one.length];
        for (int h = 0; h < heads; h++) {
            System.arraycopy(one, 0, all, h * one.length, one.length);
        }
        return new Atoms(Numbers.trained(Array.of(Shape.of(heads, m, d), all).cast(dtype)));
    }

    @Override
    public int dimension() {
        return omega.value().dim(2);
    }

    @Override
    public int heads() {
        return omega.value().dim(0);
    }

    @Override
    public Noise noise(Coupling coupling, int m, RandomStream stream) {
        if (m != omega.value().dim(1)) {
            throw new IllegalArgumentException(
                    "a law of " + omega.value().dim(1) + " frequencies was asked for " + m);
        }
        return new Noise.None(m);
    }

    @Override
    public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
        return Frequencies.of(omega.of(dtype, pass));
    }

    private double[] along(int head, double... t) {
        check(t);
        double[] g = new double[omega.value().dim(1)];
        for (int i = 0; i < g.length; i++) {
            for (int l = 0; l < t.length; l++) {
                g[i] += omega.value().get(head % heads(), i, l) * t[l];
            }
        }
        return g;
    }

    @Override
    public OptionalDouble characteristic(int head, double... t) {
        double sum = 0;
        double[] g = along(head, t);
        for (double a : g) {
            sum += Math.cos(a);
        }
        return OptionalDouble.of(sum / g.length);
    }

    @Override
    public OptionalDouble logMgf(int head, double... z) {
        double[] g = along(head, z);
        double most = java.util.Arrays.stream(g).max().orElse(0);
        double sum = 0;
        for (double a : g) {
            sum += Math.exp(a - most);
        }
        return OptionalDouble.of(most + Math.log(sum / g.length));
    }

    @Override
    public Optional<double[][]> secondMoments(int head) {
        int d = dimension();
        int m = omega.value().dim(1);
        double[][] s = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int k = 0; k < m; k++) {
                    s[i][j] +=
                            omega.value().get(head % heads(), k, i)
                                    * omega.value().get(head % heads(), k, j)
                                    / m;
                }
            }
        }
        return Optional.of(s);
    }

    @Override
    public boolean unbiased(Coupling coupling) {
        return true;
    }

    @Override
    public List<Parameter> parameters() {
        return omega.parameters();
    }

    @Override
    public String formula() {
        return "ω one of " + omega.value().dim(1) + " frequencies";
    }
}
