package nonmercer.proofs.spectral;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.Component;
import nonmercer.feature.Preconditioner;
import nonmercer.feature.RandomFeatures;
import nonmercer.feature.Target;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Picture;
import nonmercer.proofs.Source;
import nonmercer.proofs.Spectrum;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;
import nonmercer.random.RandomStream;
import nonmercer.spectral.Coupling;
import nonmercer.spectral.Fastfood;
import nonmercer.spectral.Gaussian;
import nonmercer.spectral.Generator;
import nonmercer.spectral.Mixture;
import nonmercer.spectral.ScaleMixture;

/// What holds of every draw of paired cosines and sines, not only on average.
final class DotsOfPairedWavesAreAStationaryKernel
        implements Claim<
                DotsOfPairedWavesAreAStationaryKernel.Features,
                DotsOfPairedWavesAreAStationaryKernel.Case> {
    private static final int M = 32;
    private static final int N = 6;

    /// `M` frequencies in `d` coordinates.
    interface Features {
        FeatureMap map(int d, RandomStream stream);
    }

    /// Points and a translation.
    record Case(double[][] points, double[] shift, long seed) {}

    @Override
    public String id() {
        return "P2";
    }

    @Override
    public String statement() {
        return "for every draw of frequencies and all points: ⟨φ(x), φ(x)⟩ = 1, |⟨φ(x), φ(y)⟩| ≤ 1, ⟨φ(x + t), φ(y + t)⟩ = ⟨φ(x), φ(y)⟩, and Gram matrices are positive semidefinite";
    }

    @Override
    public Source source() {
        return Source.of(
                "Rahimi & Recht 2007", "section 3: cos a cos b + sin a sin b = cos(a - b)");
    }

    @Override
    public String assumes() {
        return "nothing of the law: any frequencies";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public List<Subject<Features>> subjects() {
        Coupling orthogonal = new Coupling.Orthogonal();
        return List.of(
                Subject.of("Gaussian", (d, s) -> features(d).draw(s)),
                Subject.of("orthogonal", (d, s) -> features(d).with(orthogonal).draw(s)),
                Subject.of(
                        "Fastfood",
                        (d, s) ->
                                CosinesAverageToTheTransform.trigonometric(Fastfood.drawn(d), M)
                                        .with(new Coupling.Fastfood())
                                        .with(Estimates.PLAIN)
                                        .draw(s)),
                Subject.of(
                        "mixture",
                        (d, s) ->
                                CosinesAverageToTheTransform.trigonometric(
                                                Mixture.trainedDiagonal(
                                                        3, 1, d, DType.FLOAT64, s.at("law")),
                                                M)
                                        .with(Estimates.PLAIN)
                                        .draw(s)),
                Subject.of(
                        "generator",
                        (d, s) ->
                                CosinesAverageToTheTransform.trigonometric(
                                                Generator.create(
                                                        s.at("law"), DType.FLOAT64, 3, 8, d),
                                                M)
                                        .with(Estimates.PLAIN)
                                        .draw(s)),
                Subject.of(
                        "Matern",
                        (d, s) ->
                                CosinesAverageToTheTransform.trigonometric(
                                                ScaleMixture.matern(3, d), M)
                                        .with(Estimates.PLAIN)
                                        .draw(s)));
    }

    private static RandomFeatures features(int d) {
        return new RandomFeatures(
                Gaussian.standard(d),
                new Coupling.Independent(),
                new Component.Trigonometric(Target.GAUSSIAN, 0),
                Preconditioner.NONE,
                Estimates.PLAIN,
                M);
    }

    @Override
    public Cases<Case> cases(Features features) {
        return Cases.random(
                        60,
                        GaussAt.drawn(r -> {
                            int d = 1 << r.nextInt(4);
                            double[][] points = new double[N][];
                            Arrays.setAll(points, i -> GaussAt.gaussian(r, d));
                            if (r.nextInt(4) == 0) {
                                points[0] = points[1].clone();
                            }
                            return new Case(points, GaussAt.gaussian(r, d), r.nextLong());
                        }))
                .hitting("d ≥ 2", 0.4, c -> c.shift.length >= 2)
                .hitting("a point twice", 0.02, c -> Arrays.equals(c.points[0], c.points[1]));
    }

    @Override
    public double statistic(Features features, Case c) {
        FeatureMap map = features.map(c.shift.length, RandomStream.of(c.seed));
        double[][] gram = Estimates.gram(map, c.points, c.points);
        double[][] moved = c.points.clone();
        Arrays.setAll(
                moved,
                i -> {
                    double[] p = c.points[i].clone();
                    Arrays.setAll(p, l -> p[l] + c.shift[l]);
                    return p;
                });
        double[][] again = Estimates.gram(map, moved, moved);
        double worst = -Spectrum.symmetric(gram)[0];
        for (int i = 0; i < N; i++) {
            worst = Math.max(worst, Math.abs(gram[i][i] - 1));
            for (int j = 0; j < N; j++) {
                worst = Math.max(worst, Math.abs(gram[i][j]) - 1);
                worst = Math.max(worst, Math.abs(again[i][j] - gram[i][j]));
            }
        }
        return worst;
    }

    /// An angle `ω·x` of up to 400 (Matern frequencies are long) is a sum of `d ≤ 8` products, off
    /// by `(d + 2) u 400`, and an estimate by as much twice, four times over for two points moved;
    /// cosines, sines and the sum of `2M` products of size `1/M` give `2M + 8` more.
    @Override
    public Tolerance<Features, Case> tolerance() {
        return Tolerance.rounding(
                (features, c) -> 8 * 10 * 400 + 2 * M + 8 + 16 * N * N,
                (features, c) -> 1,
                "roundings of angles below 400, of 2m products, and of the eigenvalues of the Gram matrix");
    }

    @Override
    public Optional<Picture> picture(Features features) {
        FeatureMap map = features.map(1, RandomStream.of(1));
        double[] t = Curves.range(0, 6, 121);
        return Curves.of(
                "two pairs of points, moved together",
                "t",
                "⟨φ(x + t), φ(y + t)⟩",
                Curves.measured("x = y", t, a -> at(map, a, a)),
                Curves.measured("x = y + 1", t, a -> at(map, a + 1, a)),
                Curves.bound("1", t, a -> 1),
                Curves.bound("the value at t = 0", t, a -> at(map, 1, 0)));
    }

    private static double at(FeatureMap map, double x, double y) {
        return GaussAt.estimate(map, new double[] {x}, new double[] {y});
    }

    @Override
    public List<Mutant<Features>> mutants() {
        return List.of(
                Mutant.of(
                        "sines of other frequencies than the cosines",
                        "two draws where one belongs",
                        (d, s) ->
                                new Waves(
                                        features(d).draw(s.at("cos")),
                                        features(d).draw(s.at("sin")))),
                Mutant.of(
                        "cosines with random phases, sold as pairs",
                        "Rahimi & Recht 2007, algorithm 1 as printed",
                        (d, s) -> new Phases(features(d).draw(s), s.at("phase").nextDouble())),
                Mutant.of(
                        "pairs of both signs that are not halved",
                        "cs1160701/OnLearningTheKernel, GMM-RKS: √(4/n) for n/4 noises",
                        (d, s) ->
                                new Estimates.Changed(
                                        features(d).draw(s), x -> x.scale(Math.sqrt(2)))));
    }

    /// Cosines of one map, sines of another.
    private record Waves(FeatureMap cosines, FeatureMap sines) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return 2 * M;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            Tensor cos = cosines.queries(q, pass).slice(-1, 0, M);
            return Tensor.concat(-1, List.of(cos, sines.queries(q, pass).slice(-1, M, 2 * M)));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return queries(k, pass);
        }
    }

    /// `√2 cos(ω·x + b) = √2 (cos b cos ω·x - sin b sin ω·x)`, phases evenly spread from one on.
    private record Phases(FeatureMap map, double first) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return M;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            Tensor both = map.queries(q, pass);
            double[] b = new double[M];
            Arrays.setAll(b, i -> 2 * Math.PI * (first + i * 0.618));
            Tensor phase = Tensor.vector(b);
            return both.slice(-1, 0, M)
                    .mul(phase.cos())
                    .sub(both.slice(-1, M, 2 * M).mul(phase.sin()))
                    .scale(Math.sqrt(2));
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            return queries(k, pass);
        }

        @Override
        public Optional<String> normaliserRisk() {
            return map.normaliserRisk();
        }
    }
}
