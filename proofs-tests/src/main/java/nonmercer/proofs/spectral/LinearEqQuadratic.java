package nonmercer.proofs.spectral;

import java.util.List;
import nonmercer.array.DType;
import nonmercer.attention.LinearAttention;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Linear attention is the quadratic one with the same features, bit for bit where all sums are
/// exact: both divide last. Features 0 and 1 are exact also where they are exponentials, so that
/// the loops that never hold all features are judged by the same statement, in either type.
final class LinearEqQuadratic implements Claim<Attends, Integers> {
    @Override
    public String id() {
        return "P14";
    }

    @Override
    public String statement() {
        return "for all whole features and values, and every number of keys that are there: φᵢ·(Σⱼ ψⱼ vⱼᵀ)/(φᵢ·Σⱼ ψⱼ) = Σⱼ (φᵢ·ψⱼ) vⱼ/Σⱼ (φᵢ·ψⱼ), in every bit, where the divisor is not zero";
    }

    @Override
    public Source source() {
        return Source.of("Katharopoulos et al. 2020", "equations 5 and 6: associativity");
    }

    @Override
    public String assumes() {
        return "whole numbers small enough that every sum is exact";
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Attends>> subjects() {
        LinearAttention linear = LinearAttention.of(new Attends.Given());
        LinearAttention blocks = LinearAttention.of(new Attends.Switches());
        return List.of(
                Subject.of("LinearAttention", Attends.linear(linear)),
                Subject.of("recomputing", Attends.linear(linear.recomputing())),
                Subject.of("by blocks", new Attends.ByBlocks(blocks, DType.FLOAT64, false)),
                Subject.of(
                        "by blocks, float32", new Attends.ByBlocks(blocks, DType.FLOAT32, false)));
    }

    @Override
    public Cases<Integers> cases(Attends attends) {
        return Cases.random(100, Integers.drawn(false, 200, attends.greatest()))
                .hitting("some keys are not there", 0.25, c -> c.seen() < c.psi().length)
                .hitting("1000 keys or more", 0.01, c -> c.psi().length >= 1000)
                .hitting("100 keys or more", 0.25, c -> c.psi().length >= 100)
                .hitting("more than 64 features", 0.01, c -> c.psi()[0].length > 64);
    }

    @Override
    public double statistic(Attends attends, Integers c) {
        double[][] out = attends.of(c.phi(), c.psi(), c.v(), c.seen());
        int count = 0;
        for (int i = 0; i < out.length; i++) {
            count += Integers.differing(out[i], attends.rounded(c.row(i, c.seen())));
        }
        return count;
    }

    @Override
    public Tolerance<Attends, Integers> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attends>> mutants() {
        return List.of(
                Mutant.of(
                        "the normaliser from the queries",
                        "Σ φ(q) for Σ φ(k)",
                        (phi, psi, v, seen) -> linear(phi, psi, v, seen, phi, phi.length, 0)),
                Mutant.of(
                        "the mask after the sum",
                        "values hidden, features of their keys not",
                        (phi, psi, v, seen) -> linear(phi, psi, v, seen, psi, psi.length, 0)),
                Mutant.of(
                        "an ε in the divisor",
                        "cs1160701/OnLearningTheKernel, eps = 1e-6",
                        (phi, psi, v, seen) -> linear(phi, psi, v, seen, psi, seen, 1e-6)));
    }

    /// With the divisor `φᵢ·Σⱼ xⱼ + ε` over `count` rows `x`.
    private static double[][] linear(
            double[][] phi,
            double[][] psi,
            double[][] v,
            int seen,
            double[][] x,
            int count,
            double epsilon) {
        double[][] out = new double[phi.length][v[0].length];
        for (int i = 0; i < phi.length; i++) {
            double z = epsilon;
            for (int j = 0; j < count; j++) {
                z += GaussAt.dot(phi[i], x[j]);
            }
            for (int j = 0; j < seen; j++) {
                for (int l = 0; l < out[i].length; l++) {
                    out[i][l] += GaussAt.dot(phi[i], psi[j]) * v[j][l];
                }
            }
            for (int l = 0; l < out[i].length; l++) {
                out[i][l] = z == 0 ? 0 : out[i][l] / z;
            }
        }
        return out;
    }
}
