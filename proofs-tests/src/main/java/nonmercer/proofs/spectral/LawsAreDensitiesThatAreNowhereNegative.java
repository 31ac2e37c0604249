package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Printed;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Atoms;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Frequencies;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.Noise;
import nonmercer.spectral.Numbers;
import nonmercer.spectral.SignedMixture;
import nonmercer.spectral.SpectralLaw;

/// Bochner's theorem from both sides: what is taken for a law has positive semidefinite Gram
/// matrices, in closed form and as drawn; what is refused has a Gram matrix with a negative
/// eigenvalue. The sign of a weight decides nothing, the sign of the density does.
final class LawsAreDensitiesThatAreNowhereNegative
        implements Claim<
                LawsAreDensitiesThatAreNowhereNegative.Judge,
                LawsAreDensitiesThatAreNowhereNegative.Case> {
    private static final int N = 24;

    /// Weights of sum 1 and variances of Gaussians in one coordinate, the weight and place of a
    /// pair of atoms `±ω`, and whether the density is negative somewhere.
    record Case(double[] weights, double[] variances, double atom, double place, boolean negative) {
        double kernel(double t) {
            double sum = atom * Math.cos(place * t);
            for (int c = 0; c < weights.length; c++) {
                sum += weights[c] * Math.exp(-variances[c] * t * t / 2);
            }
            return sum;
        }
    }

    /// The law, or nothing where it is refused.
    interface Judge {
        Optional<SpectralLaw> law(Case c);
    }

    @Override
    public String id() {
        return "P22";
    }

    @Override
    public String statement() {
        return "for all Σ π_c N(0, s_c) + π cos atoms, Σ π = 1: a law if and only if the density is nowhere negative, whatever the signs of the weights; its Gram matrices are positive semidefinite with ones on the diagonal, those of what is refused are not";
    }

    @Override
    public Optional<Printed<?>> printed() {
        return Optional.of(
                Printed.exact(
                        "a mixture of Gaussians with a negative weight is no law: for all p in (0, 1) and s in (0, 2) the density of (1 + p) N(0, 1) - p N(0, s) is negative somewhere",
                        () ->
                                Cases.random(
                                        100,
                                        Combinators.combine(
                                                        Arbitraries.integers().between(1, 15),
                                                        Arbitraries.integers().between(1, 31))
                                                .as((p, s) ->
                                                        new Case(
                                                                new double[] {
                                                                    1 + p / 16.0, -p / 16.0
                                                                },
                                                                new double[] {1, s / 16.0},
                                                                0,
                                                                0,
                                                                false))),
                        c -> judge(c).isPresent() ? Math.max(0, least(c)) : 0));
    }

    /// The least value of the density of two Gaussians on a grid of [0, 12], relative to the normal
    /// one: beyond it the wider of the two decides.
    private static double least(Case c) {
        double least = Double.POSITIVE_INFINITY;
        for (double t = 0; t <= 12; t += 1.0 / 64) {
            double ratio =
                    c.weights[0]
                            + c.weights[1]
                                    / Math.sqrt(c.variances[1])
                                    * Math.exp(t * t / 2 * (1 - 1 / c.variances[1]));
            least = Math.min(least, ratio);
        }
        return least;
    }

    @Override
    public Source source() {
        return Source.of("Bochner 1932; Rahimi & Recht 2007", "Theorem 1, both directions");
    }

    @Override
    public String assumes() {
        return "weights of sum 1; symmetric laws, so that the kernel is real";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Judge>> subjects() {
        return List.of(
                Subject.of(
                        "SignedMixture and Mixture",
                        LawsAreDensitiesThatAreNowhereNegative::judge));
    }

    private static Optional<SpectralLaw> judge(Case c) {
        try {
            return Optional.of(
                    c.atom == 0
                            ? SignedMixture.of(1, c.weights, c.variances)
                            : withAtoms(c, SignedMixture.of(1, c.weights, c.variances)));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static SpectralLaw withAtoms(Case c, SpectralLaw gaussians) {
        Atoms atoms = new Atoms(Numbers.fixed(Array.of(Shape.of(1, 1, 1), c.place)));
        return Mixture.of(List.of(gaussians, atoms), 1 - c.atom, c.atom);
    }

    @Override
    public Cases<Case> cases(Judge judge) {
        return Cases.random(200, GaussAt.drawn(LawsAreDensitiesThatAreNowhereNegative::random))
                .hitting(
                        "a negative weight and a density that is not negative",
                        0.04,
                        c -> !c.negative && Arrays.stream(c.weights).min().orElse(0) < 0)
                .hitting("the widest component negative", 0.05, c -> c.weights[0] < 0)
                .hitting("a negative atom", 0.01, c -> c.atom < 0)
                .hitting("positive weights only", 0.08, c -> !c.negative && c.weights[1] > 0);
    }

    private static Case random(Random r) {
        double p = 0.2 + 0.3 * r.nextDouble();
        double narrow = 0.5 + 0.4 * r.nextDouble();
        return switch (r.nextInt(5)) {
            case 0 -> new Case(new double[] {1 - p, p}, new double[] {1, narrow}, 0, 0, false);
            case 1 -> new Case(new double[] {1 + p, -p}, new double[] {1, narrow}, 0, 0, false);
            case 2 -> new Case(new double[] {-p, 1 + p}, new double[] {2 + 2 * p, 0.5}, 0, 0, true);
            case 3 -> new Case(new double[] {1 + p, -p}, new double[] {1, 0.01}, 0, 0, true);
            default -> {
                double w = (r.nextBoolean() ? -1 : 1) * p / 2;
                yield new Case(
                        new double[] {(1 - w) / 2, (1 - w) / 2},
                        new double[] {1, narrow},
                        w,
                        2,
                        w < 0);
            }
        };
    }

    /// Of a law: how far its Gram matrices are from positive semidefinite and from ones on the
    /// diagonal, on 24 points half a unit apart; infinite for a law refused for nothing.
    @Override
    public double statistic(Judge judge, Case c) {
        double[][] points = new double[N][1];
        Arrays.setAll(points, i -> new double[] {i * (c.variances[1] < 0.1 ? 1.5 : 0.5)});
        Optional<SpectralLaw> law = judge.law(c);
        if (law.isEmpty()) {
            double least = Spectrum.symmetric(gram(points, c::kernel))[0];
            return least < -1e-6 ? 0 : Double.POSITIVE_INFINITY;
        }
        SpectralLaw taken = law.get();
        double[][] gram = gram(points, t -> taken.characteristic(0, t).orElseThrow());
        double worst = Math.max(-Spectrum.symmetric(gram)[0], Math.abs(gram[0][0] - 1));
        worst = Math.max(worst, Math.abs(gram[0][5] - c.kernel(points[5][0])));
        if (c.atom == 0) {
            double[][] drawn =
                    Estimates.gram(
                            CosinesAverageToTheTransform.trigonometric(taken, 16)
                                    .with(Estimates.PLAIN)
                                    .draw(RandomStream.of(1)),
                            points,
                            points);
            worst = Math.max(worst, -Spectrum.symmetric(drawn)[0]);
        }
        return worst;
    }

    private static double[][] gram(double[][] points, DoubleUnaryOperator k) {
        double[][] gram = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                gram[i][j] = k.applyAsDouble(points[i][0] - points[j][0]);
            }
        }
        return gram;
    }

    @Override
    public Tolerance<Judge, Case> tolerance() {
        return Tolerance.bound(
                (judge, c) -> Spectrum.rounding(N, N) + 4000 * Tolerance.Rounding.DOUBLE * N,
                "backward stability of the eigenvalues, and entries of angles below 500 rounded eight times");
    }

    @Override
    public Optional<Picture> picture(Judge judge) {
        Case bad = new Case(new double[] {1.3, -0.3}, new double[] {1, 0.01}, 0, 0, true);
        Case good = new Case(new double[] {1.2, -0.2}, new double[] {1, 0.6}, 0, 0, false);
        boolean taken = judge.law(bad).isPresent();
        double[][] points = new double[N][1];
        Arrays.setAll(points, i -> new double[] {i * (taken ? 1.5 : 0.5)});
        double[] all =
                judge.law(taken ? bad : good)
                        .map(l ->
                                Spectrum.symmetric(
                                        gram(points, t -> l.characteristic(0, t).orElseThrow())))
                        .orElse(new double[N]);
        double[] index = Curves.range(1, N, N);
        return Curves.of(
                "a Gram matrix of what is taken for a law",
                "number",
                "eigenvalue",
                Picture.Line.measured(
                        taken ? "1.3 N(0, 1) - 0.3 N(0, 0.01)" : "1.2 N(0, 1) - 0.2 N(0, 0.6)",
                        index,
                        all),
                Curves.bound("zero", index, i -> 0));
    }

    @Override
    public List<Mutant<Judge>> mutants() {
        return List.of(
                Mutant.of(
                        "a negative density accepted",
                        "any weights of sum 1",
                        c -> Optional.of(new Taken(c, 1))),
                Mutant.of(
                        "weights that are not divided by their sum",
                        "softmax left out",
                        c -> judge(c).map(law -> new Taken(c, 1.5))),
                Mutant.of(
                        "a negative weight refused",
                        "folklore: the weights of a mixture are probabilities",
                        c ->
                                c.atom < 0 || Arrays.stream(c.weights).min().orElse(0) < 0
                                        ? Optional.empty()
                                        : judge(c)));
    }

    /// Anything, taken for a law by its transform.
    private record Taken(Case c, double factor) implements SpectralLaw {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public int heads() {
            return 1;
        }

        @Override
        public Noise noise(Coupling coupling, int m, RandomStream stream) {
            return Gaussian.standard(1).noise(coupling, m, stream);
        }

        @Override
        public Frequencies frequencies(Noise noise, DType dtype, Pass pass) {
            return Gaussian.standard(1).frequencies(noise, dtype, pass);
        }

        @Override
        public OptionalDouble characteristic(int head, double... t) {
            return OptionalDouble.of(factor * c.kernel(t[0]));
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public String formula() {
            return "anything";
        }
    }
}
