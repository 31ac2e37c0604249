package nonmercer.proofs.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nonmercer.array.Array;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tape;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.FeatureMap;
import nonmercer.linalg.Transpose;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Evidence;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Gaussian;

/// Learning by single draws descends the expected kernel: gradients of estimates average to the
/// gradient of the closed form. Second moments of the gradients are known, so that Catoni's bound
/// applies.
final class MeanGradientIsGradientOfTheKernel
        implements Claim<MeanGradientIsGradientOfTheKernel.Gradient, List<LearnedLaw>> {
    private static final int D = LearnedLaw.D;
    private static final int MAPS = 400;
    private static final int M = 512;
    private static final int CASES = 2;

    /// The gradient of `⟨φ(x), φ(y)⟩` by `μ` and `λ`, `2D` numbers, for one draw.
    interface Gradient {
        double[] of(LearnedLaw c, RandomStream stream);
    }

    @Override
    public String id() {
        return "P13a";
    }

    @Override
    public String statement() {
        return "for all μ, λ and points: the mean over ε of the gradient of an estimate is that of the kernel: -e^(-s²/2) sin(μ·δ) δ by μ and -e^λ δ² k/2 by λ for waves, z k and e^λ z² k/2 for positive features";
    }

    @Override
    public Source source() {
        return Source.of(
                "Chowdhury et al. 2022", "learning the spectral distribution by its samples");
    }

    @Override
    public String assumes() {
        return "differentiation and expectation may be exchanged: the gradient's second moment exists";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.STATISTICAL;
    }

    @Override
    public Evidence evidence() {
        return Evidence.BUDGETED;
    }

    @Override
    public double falseAlarm() {
        return 2 * 2 * D * CASES * Deviation.ALPHA;
    }

    @Override
    public List<Subject<Gradient>> subjects() {
        return List.of(Subject.of("RandomFeatures", MeanGradientIsGradientOfTheKernel::gradient));
    }

    private static double[] gradient(LearnedLaw c, RandomStream stream) {
        Gaussian law = c.law(true);
        FeatureMap map = c.features(law, M).draw(stream);
        try (Tape tape = Tape.open()) {
            Pass pass = Pass.recorded(tape);
            List<Tensor> by = new ArrayList<>();
            for (Parameter p : law.parameters()) {
                by.add(tape.use(p));
            }
            Tensor x = Tensor.of(Array.matrix(x(c)));
            Tensor y = Tensor.of(Array.matrix(y(c)));
            Tensor k = map.queries(x, pass).matmul(map.keys(y, pass), Transpose.TRANSPOSED).sum();
            double[] all = new double[2 * D];
            List<Tensor> gradients = tape.gradients(k, by);
            for (int i = 0; i < 2; i++) {
                System.arraycopy(gradients.get(i).value().toDoubles(), 0, all, i * D, D);
            }
            return all;
        }
    }

    /// The first query and the first key.
    private static double[] x(LearnedLaw c) {
        int at = LearnedLaw.parts()[2];
        return Arrays.copyOfRange(c.numbers(), at, at + D);
    }

    private static double[] y(LearnedLaw c) {
        int at = LearnedLaw.parts()[3];
        return Arrays.copyOfRange(c.numbers(), at, at + D);
    }

    /// A case of waves and one of positive features.
    @Override
    public Cases<List<LearnedLaw>> cases(Gradient gradient) {
        return Cases.random(
                CASES, GaussAt.drawn(r -> List.of(telling(r, true), telling(r, false))));
    }

    private static LearnedLaw telling(Random r, boolean waves) {
        LearnedLaw c;
        do {
            c = LearnedLaw.random(r);
        } while (c.waves() != waves || !telling(c));
        return c;
    }

    /// Where no gradient is too small, and no variance too large.
    private static boolean telling(LearnedLaw c) {
        double s = 0;
        double slope = 0;
        double[] t = along(c);
        for (int l = 0; l < D; l++) {
            double v = Math.exp(c.numbers()[D + l]) * t[l] * t[l];
            s += v;
            slope = Math.max(slope, v);
        }
        double mean = GaussAt.dot(Arrays.copyOf(c.numbers(), D), t);
        return s < 1.5 && slope > 0.5 && Math.abs(Math.sin(mean)) > 0.4 && Math.abs(mean) < 1;
    }

    /// `δ` or `z`.
    private static double[] along(LearnedLaw c) {
        double[] t = x(c);
        double[] y = y(c);
        Arrays.setAll(t, l -> c.waves() ? t[l] - y[l] : t[l] + y[l]);
        return t;
    }

    @Override
    public double statistic(Gradient gradient, List<LearnedLaw> c) {
        return c.stream().mapToDouble(law -> worst(gradient, law)).max().orElseThrow();
    }

    /// The greatest difference over its own bound.
    private static double worst(Gradient gradient, LearnedLaw c) {
        double[][] all = new double[2 * D][MAPS];
        RandomStream stream = RandomStream.of(c.seed());
        for (int i = 0; i < MAPS; i++) {
            double[] g = gradient.of(c, stream.at(i));
            for (int l = 0; l < 2 * D; l++) {
                all[l][i] = g[l];
            }
        }
        double[] t = along(c);
        double mean = GaussAt.dot(Arrays.copyOf(c.numbers(), D), t);
        double s = 0;
        for (int l = 0; l < D; l++) {
            s += Math.exp(c.numbers()[D + l]) * t[l] * t[l];
        }
        double h = GaussAt.square(x(c)) + GaussAt.square(y(c));
        double worst = 0;
        for (int l = 0; l < D; l++) {
            double v = Math.exp(c.numbers()[D + l]) * t[l] * t[l];
            double k = c.waves() ? Math.exp(-s / 2) : Math.exp(mean + s / 2 - h);
            double second = c.waves() ? 1 : Math.exp(2 * mean + 2 * s - 2 * h); // of one feature
            double byMean = c.waves() ? -k * Math.sin(mean) * t[l] : t[l] * k;
            double byLog = (c.waves() ? -Math.cos(mean) : 1) * k * v / 2;
            double moment = v / 4 * second * (c.waves() ? 1 : 1 + 4 * v);
            worst = Math.max(worst, error(all[l], byMean, t[l] * t[l] * second / M));
            worst = Math.max(worst, error(all[D + l], byLog, moment / M));
        }
        return worst;
    }

    private static double error(double[] sample, double right, double variance) {
        return Math.abs(Deviation.catoniMean(sample, variance) - right)
                / Deviation.catoni(variance, sample.length);
    }

    @Override
    public Tolerance<Gradient, List<LearnedLaw>> tolerance() {
        return Tolerance.bound(
                (gradient, c) -> 1,
                "the greatest of eight differences over Catoni's bound, with the second moments t² E f², e^λ t²/4 E ε² f² of a frequency's gradient");
    }

    @Override
    public Optional<Picture> picture(Gradient gradient) {
        LearnedLaw c = telling(new Random(1), true);
        double[] t = along(c);
        double mean = GaussAt.dot(Arrays.copyOf(c.numbers(), D), t);
        double s = 0;
        for (int l = 0; l < D; l++) {
            s += Math.exp(c.numbers()[D + l]) * t[l] * t[l];
        }
        double right = -Math.exp(-s / 2) * Math.sin(mean) * t[0];
        double[] draws = new double[64];
        double[] found = new double[draws.length];
        double sum = 0;
        for (int i = 0; i < draws.length; i++) {
            sum += gradient.of(c, RandomStream.of(7).at(i))[0];
            draws[i] = i + 1;
            found[i] = sum / (i + 1);
        }
        double sd = Math.abs(t[0]) / Math.sqrt(M);
        return Curves.of(
                "mean gradient by μ₁ of so many draws of 512 waves",
                "draws",
                "gradient",
                Picture.Line.measured("of the code", draws, found),
                Curves.bound("-e^(-s²/2) sin(μ·δ) δ₁", draws, n -> right),
                Curves.bound("2 sd more", draws, n -> right + 2 * sd / Math.sqrt(n)),
                Curves.bound("2 sd less", draws, n -> right - 2 * sd / Math.sqrt(n)));
    }

    @Override
    public List<Mutant<Gradient>> mutants() {
        return List.of(
                Mutant.of("the sample detached", "no gradient at all", (c, s) -> new double[2 * D]),
                Mutant.of(
                        "e^λ for e^(λ/2) in the gradient",
                        "the ½ of a log-variance lost",
                        (c, s) -> {
                            double[] g = gradient(c, s);
                            for (int l = D; l < 2 * D; l++) {
                                g[l] *= 2;
                            }
                            return g;
                        }));
    }
}
