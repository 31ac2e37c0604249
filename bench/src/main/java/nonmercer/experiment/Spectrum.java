package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.attention.Evaluation;
import nonmercer.autodiff.Pass;
import nonmercer.feature.Features;
import nonmercer.feature.RandomFeatures;
import nonmercer.model.Encoder;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Frequencies;

/// What the frequencies of a model's attentions are like: of all blocks and heads together, the
/// quantiles of their lengths, and of their transform `E cos(ω·t)` a cut along random directions.
///
/// @param lengths quantiles 0, 5 %, …, 100 % of `‖ω‖`
/// @param cut `E cos(r ω·u)` at `r = 0, 0.25, …, 5`, the mean over unit vectors `u`
public record Spectrum(List<Double> lengths, List<Double> cut) {
    private static final int POINTS = 21;
    private static final double STEP = 0.25;
    private static final int DIRECTIONS = 16;

    /// Copies the lists.
    public Spectrum {
        lengths = List.copyOf(lengths);
        cut = List.copyOf(cut);
    }

    /// That of random features; empty if the model has none.
    static Optional<Spectrum> of(Encoder encoder) {
        List<double[]> all = new ArrayList<>();
        for (int b = 0; b < encoder.blocks().size(); b++) {
            if (encoder.blocks().get(b).attention().attention().evaluation()
                            instanceof Evaluation.Linear l
                    && l.features() instanceof Features.Drawn drawn) {
                Optional<RandomFeatures> recipe = RandomFeatures.of(drawn.map());
                if (recipe.isPresent()) {
                    take(recipe.get(), RandomStream.of(1).at("spectrum").at(b), all);
                }
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(of(all));
    }

    /// The frequencies that one noise stands for, of every head.
    private static void take(RandomFeatures f, RandomStream stream, List<double[]> to) {
        Frequencies drawn =
                f.law()
                        .frequencies(
                                f.law().noise(f.coupling(), f.frequencies(), stream),
                                DType.FLOAT32,
                                Pass.evaluation());
        Array omega = drawn.dense().value(); // [heads, m, d]
        for (int h = 0; h < omega.dim(0); h++) {
            for (int i = 0; i < omega.dim(1); i++) {
                double[] row = new double[omega.dim(2)];
                for (int l = 0; l < row.length; l++) {
                    row[l] = omega.get(h, i, l);
                }
                to.add(row);
            }
        }
    }

    private static Spectrum of(List<double[]> omega) {
        double[] sizes = omega.stream().mapToDouble(w -> Math.sqrt(dot(w, w))).sorted().toArray();
        List<Double> lengths = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            lengths.add(sizes[(int) Math.round(i * (sizes.length - 1.0) / (POINTS - 1))]);
        }
        double[] sums = new double[POINTS];
        RandomStream random = RandomStream.of(1).at("direction");
        for (int k = 0; k < DIRECTIONS; k++) {
            double[] u = new double[omega.getFirst().length];
            for (int l = 0; l < u.length; l++) {
                u[l] = random.nextGaussian();
            }
            double norm = Math.sqrt(dot(u, u));
            for (double[] w : omega) {
                double along = dot(w, u) / norm;
                for (int i = 0; i < POINTS; i++) {
                    sums[i] += Math.cos(i * STEP * along);
                }
            }
        }
        return new Spectrum(
                lengths, Arrays.stream(sums).mapToObj(s -> s / DIRECTIONS / omega.size()).toList());
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int l = 0; l < x.length; l++) {
            sum += x[l] * y[l];
        }
        return sum;
    }
}
