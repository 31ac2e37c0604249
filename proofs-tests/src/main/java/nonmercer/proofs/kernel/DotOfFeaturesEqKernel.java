package nonmercer.proofs.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.Pass;
import nonmercer.kernel.Coefficient;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Monomials;
import nonmercer.kernel.Polynomial;
import nonmercer.kernel.Quadratic;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Enclosure;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Pairs;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

final class DotOfFeaturesEqKernel implements KernelLaw<DotOfFeaturesEqKernel.Mapped, Pairs> {
    /// A kernel and what are said to be its features.
    record Mapped(Candidate kernel, FeatureMap map) {}

    @Override
    public String id() {
        return "K18";
    }

    @Override
    public String statement() {
        return "for every kernel with a feature map and all q, k: ⟨φ(q), ψ(k)⟩ = k(q, k), with as many features as"
                + " the map says";
    }

    @Override
    public Source source() {
        return Source.of("Aronszajn 1950, Theory of reproducing kernels", "section 2");
    }

    @Override
    public String assumes() {
        return "the feature map is exact: no random features";
    }

    @Override
    public Kind kind() {
        return Kind.NUMERICAL;
    }

    @Override
    public Optional<Mapped> subject(Candidate kernel) {
        return kernel.kernel().featureMap().map(map -> new Mapped(kernel, map));
    }

    @Override
    public Cases<Pairs> cases(Mapped subject) {
        return Cases.random(100, subject.kernel.pairs(1, 1))
                .hitting("d ≥ 2", subject.kernel.openShare(0.3), c -> c.q()[0].length >= 2);
    }

    private static Array phi(Mapped m, Pairs c) {
        return m.map.queries(c.queries(DType.FLOAT64), Pass.evaluation()).value();
    }

    private static Array psi(Mapped m, Pairs c) {
        return m.map.keys(c.keys(DType.FLOAT64), Pass.evaluation()).value();
    }

    @Override
    public double statistic(Mapped m, Pairs c) {
        Array phi = phi(m, c);
        Array psi = psi(m, c);
        if (phi.size() != m.map.dimension(c.q()[0].length) || psi.size() != phi.size()) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < phi.size(); i++) {
            sum += phi.at(i) * psi.at(i);
        }
        return Math.abs(sum - m.kernel.kernel().at(c.q()[0], c.k()[0]));
    }

    @Override
    public Tolerance<Mapped, Pairs> tolerance() {
        return Tolerance.bound(
                (m, c) -> {
                    Array phi = phi(m, c);
                    Array psi = psi(m, c);
                    double sizes = 0;
                    for (int i = 0; i < phi.size(); i++) {
                        sizes += Math.abs(phi.at(i) * psi.at(i));
                    }
                    Kernel kernel = m.kernel.kernel();
                    double unit = Tolerance.Rounding.DOUBLE;
                    return Tolerance.Rounding.gamma(phi.size() + 128, unit) * sizes
                            + Enclosure.of(kernel, c.q()[0], c.k()[0], unit).error()
                            + Double.MIN_NORMAL;
                },
                "64 roundings of each feature, those of a sum of so many products, and those of the definition");
    }

    @Override
    public List<Mutant<Mapped>> mutants() {
        Coefficient c = Coefficient.inverseRootDimension();
        return List.of(
                Mutant.of(
                        "1/a! left out of the monomials: a geometric series for an exponential",
                        "Wright & Gonzalez 2021, Prop. 1, as transcribed",
                        new Mapped(Candidate.of(new Quadratic()), Monomials.of(c, 1, 1, 1))),
                Mutant.of(
                        "the weights of a cube off by one degree",
                        "folklore",
                        new Mapped(Candidate.of(new Polynomial(3)), Monomials.of(c, 3, 3, 1, 1))));
    }
}
