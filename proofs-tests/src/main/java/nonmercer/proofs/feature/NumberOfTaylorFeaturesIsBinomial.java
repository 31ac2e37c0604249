package nonmercer.proofs.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.feature.TaylorExp;
import nonmercer.kernel.FeatureMap;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Counted one by one; both what the map says and the width of what it makes.
final class NumberOfTaylorFeaturesIsBinomial
        implements Claim<IntFunction<FeatureMap>, NumberOfTaylorFeaturesIsBinomial.Size> {
    /// Coordinates and degree.
    record Size(int d, int p) {}

    @Override
    public String id() {
        return "C3b";
    }

    @Override
    public String statement() {
        return "for all d ≤ 5, p ≤ 6: there are as many features as multi-indices of d numbers with a sum of at most"
                + " p, (d+p)!/(d! p!)";
    }

    @Override
    public Source source() {
        return Source.of("folklore", "stars and bars");
    }

    @Override
    public String assumes() {
        return "nothing: whole numbers";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<IntFunction<FeatureMap>>> subjects() {
        return List.of(Subject.of("TaylorExp", TaylorExp::new));
    }

    @Override
    public Cases<Size> cases(IntFunction<FeatureMap> features) {
        List<Size> all = new ArrayList<>();
        for (int d = 1; d <= 5; d++) {
            for (int p = 0; p <= 6; p++) {
                all.add(new Size(d, p));
            }
        }
        return Cases.all(all);
    }

    @Override
    public double statistic(IntFunction<FeatureMap> features, Size c) {
        FeatureMap phi = features.apply(c.p);
        int made =
                phi.queries(
                                Tensor.of(Array.zeros(DType.FLOAT64, Shape.of(1, c.d))),
                                Pass.evaluation())
                        .dim(-1);
        int counted = Monomials.indices(c.d, c.p).size();
        return Math.abs(phi.dimension(c.d) - counted) + Math.abs(made - counted);
    }

    @Override
    public Tolerance<IntFunction<FeatureMap>, Size> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<IntFunction<FeatureMap>>> mutants() {
        Monomials.Order top =
                all ->
                        all.stream()
                                .filter(a ->
                                        Monomials.degree(a)
                                                == all.stream()
                                                        .mapToInt(Monomials::degree)
                                                        .max()
                                                        .orElse(0))
                                .toList();
        Monomials.Order twice = all -> Stream.concat(all.stream(), all.stream().limit(1)).toList();
        return List.of(
                Mutant.of(
                        "homogeneous features: of degree p only",
                        "folklore",
                        p -> new Monomials(p, Monomials::right, top, top)),
                Mutant.of(
                        "duplicated features",
                        "a multi-index counted more than once: here the constant",
                        p -> new Monomials(p, Monomials::right, twice, twice)));
    }
}
