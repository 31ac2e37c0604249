package nonmercer.spectral;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.random.RandomStream;

/// Laws in few coordinates to test with: skew, off centre, different by head.
public final class Laws {
    private Laws() {}

    private static Array normal(String name, double sd, int... extents) {
        Array a = Array.zeros(DType.FLOAT64, Shape.of(extents));
        RandomStream.of(11).at(name).fillNormal(a, 0, sd);
        return a;
    }

    /// Two heads, full covariances that are far from symmetric factors, means; trained.
    public static Gaussian full(int d) {
        return new Gaussian(
                Numbers.trained(normal("mean", 0.6, 2, d)),
                new Spread.Full(Numbers.trained(normal("factor", 0.6, 2, d, d))));
    }

    /// Two heads with scales of their own a coordinate; trained.
    public static Gaussian diagonal(int d) {
        return new Gaussian(
                Numbers.trained(normal("mean", 0.5, 2, d)),
                new Spread.Diagonal(Numbers.trained(normal("scale", 0.5, 2, d))));
    }

    /// One scale a head, no mean; trained.
    public static Gaussian isotropic(int d) {
        return new Gaussian(
                Numbers.fixed(Array.zeros(DType.FLOAT64, Shape.of(1, d))),
                new Spread.Isotropic(Numbers.trained(Array.vector(0.2, -0.4))));
    }

    /// Three components with weights a head.
    public static Mixture mixture(int d) {
        return new Mixture(
                List.of(full(d), diagonal(d).paired(), Gaussian.isotropic(d, 0.5)),
                Numbers.trained(normal("logits", 1, 2, 3)));
    }

    /// Every law whose noise is rows in `d` coordinates and whose moments are known.
    public static Map<String, SpectralLaw> gaussian(int d) {
        Map<String, SpectralLaw> all = new LinkedHashMap<>();
        all.put("standard", Gaussian.standard(d));
        all.put("isotropic", isotropic(d));
        all.put("diagonal", diagonal(d));
        all.put("full", full(d));
        all.put("pairs", full(d).paired());
        all.put("mixture", mixture(d));
        return all;
    }

    /// Every kind of law, trained, with the coupling it takes, for 8 frequencies in 4 coordinates.
    public static Map<String, SpectralLaw> trained() {
        Map<String, SpectralLaw> all = gaussian(4);
        all.remove("standard");
        all.put(
                "student",
                new ScaleMixture(ScaleMixture.Mixing.STUDENT, 3, 4, diagonal(4).spread()));
        all.put("laplace", new ScaleMixture(ScaleMixture.Mixing.LAPLACE, 2, 4, full(4).spread()));
        all.put("fastfood", Fastfood.trained(4, 8, DType.FLOAT64, RandomStream.of(3)));
        all.put(
                "fastfood from small",
                Fastfood.trainedFromSmall(4, 8, DType.FLOAT64, RandomStream.of(4)));
        all.put("generator", Generator.create(RandomStream.of(5), DType.FLOAT64, 3, 6, 4));
        all.put(
                "atoms",
                Atoms.trained(
                        2, 8, 4, new Coupling.Orthogonal(), DType.FLOAT64, RandomStream.of(6)));
        return all;
    }

    /// The coupling a law takes.
    public static Coupling coupling(SpectralLaw law) {
        return law instanceof Fastfood ? new Coupling.Fastfood() : new Coupling.Independent();
    }
}
