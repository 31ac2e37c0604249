package nonmercer.proofs.spectral;

import java.util.List;
import java.util.stream.Stream;
import nonmercer.array.DType;
import nonmercer.attention.LinearAttention;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Cost;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// Causal linear attention, in chunks of any size and token by token, is attention to the keys up
/// to the query's, in every bit where sums are exact; what comes later does not move it.
final class CausalLinearEqQuadraticOfThePrefix implements Claim<Attends, Integers> {
    private static final int CHUNK = 8;

    @Override
    public String id() {
        return "P15";
    }

    @Override
    public String statement() {
        return "for all whole features and values, every chunk and every i: row i of causal linear attention is attention to the keys 1 … i, in every bit, and no later key or value moves it";
    }

    @Override
    public Source source() {
        return Source.of("Katharopoulos et al. 2020", "section 3.3: Sᵢ = Sᵢ₋₁ + ψ(kᵢ) vᵢᵀ");
    }

    @Override
    public String assumes() {
        return "whole numbers small enough that every sum is exact";
    }

    @Override
    public Cost cost() {
        return Cost.SECONDS;
    }

    @Override
    public Kind kind() {
        return Kind.EXACT;
    }

    @Override
    public List<Subject<Attends>> subjects() {
        Attends.Given map = new Attends.Given();
        LinearAttention blocks = LinearAttention.of(new Attends.Switches());
        return Stream.concat(
                        Stream.of(1, 5, 64, 1000)
                                .map(chunk ->
                                        Subject.<Attends>of(
                                                "chunks of " + chunk,
                                                Attends.causal(
                                                        new LinearAttention(
                                                                map,
                                                                chunk,
                                                                LinearAttention.Keeps.FEATURES)))),
                        Stream.<Subject<Attends>>of(
                                Subject.of(
                                        "recomputing",
                                        Attends.causal(LinearAttention.of(map).recomputing())),
                                Subject.of("LinearStream", Attends.stream(map)),
                                Subject.of(
                                        "LinearStream of logarithms", Attends.streamOfSwitches()),
                                Subject.of(
                                        "by blocks",
                                        new Attends.ByBlocks(blocks, DType.FLOAT64, true)),
                                Subject.of(
                                        "by blocks, float32",
                                        new Attends.ByBlocks(blocks, DType.FLOAT32, true))))
                .toList();
    }

    @Override
    public Cases<Integers> cases(Attends attends) {
        return Cases.random(40, Integers.drawn(true, 150, attends.greatest()))
                .hitting("more than two chunks of 16", 0.4, c -> c.psi().length > 32)
                .hitting("more than two blocks of 64", 0.02, c -> c.psi().length > 128)
                .hitting("the last row is not alone", 0.15, c -> c.seen() < c.psi().length);
    }

    /// The numbers that differ; and those of the rows up to `seen` that move when what is later
    /// becomes zero.
    @Override
    public double statistic(Attends attends, Integers c) {
        int n = c.phi().length;
        double[][] out = attends.of(c.phi(), c.psi(), c.v(), n);
        double[][] psi = c.psi().clone();
        double[][] v = c.v().clone();
        for (int j = c.seen(); j < n; j++) {
            psi[j] = new double[psi[j].length];
            v[j] = new double[v[j].length];
        }
        double[][] edited = attends.of(c.phi(), psi, v, n);
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += Integers.differing(out[i], attends.rounded(c.row(i, i + 1)));
            count += i < c.seen() ? Integers.differing(out[i], edited[i]) : 0;
        }
        return count;
    }

    @Override
    public Tolerance<Attends, Integers> tolerance() {
        return Tolerance.exact();
    }

    /// Whether query `i` sees key `j`.
    private interface Sees {
        boolean key(int i, int j);
    }

    @Override
    public List<Mutant<Attends>> mutants() {
        return List.of(
                Mutant.of("strictly before", "j < i for j ≤ i", seeing((i, j) -> j < i)),
                Mutant.of(
                        "the state is not carried",
                        "each chunk starts from nothing",
                        seeing((i, j) -> j <= i && j / CHUNK == i / CHUNK)),
                Mutant.of(
                        "the last key of the chunk before is lost",
                        "an index off by one at the edge of a chunk",
                        seeing((i, j) ->
                                j <= i && (j / CHUNK == i / CHUNK || j % CHUNK != CHUNK - 1))),
                Mutant.of(
                        "the whole of its block of 64",
                        "pairs of a block of rows that no mask hides",
                        seeing((i, j) -> j / 64 <= i / 64)),
                Mutant.of(
                        "the first key of the chunk is seen twice",
                        "the state is taken after the chunk's first key",
                        (phi, psi, v, seen) -> {
                            double[][] out = new double[phi.length][];
                            for (int i = 0; i < phi.length; i++) {
                                out[i] = twice(phi, psi, v, i);
                            }
                            return out;
                        }));
    }

    private static double[] twice(double[][] phi, double[][] psi, double[][] v, int i) {
        int first = i / CHUNK * CHUNK;
        double[][] keys = new double[i + 2][];
        double[][] values = new double[i + 2][];
        System.arraycopy(psi, 0, keys, 0, i + 1);
        System.arraycopy(v, 0, values, 0, i + 1);
        keys[i + 1] = psi[first];
        values[i + 1] = v[first];
        return orZeros(new Integers(phi, keys, values, i + 2).row(i, i + 2), v[0].length);
    }

    private static double[] orZeros(double[] row, int e) {
        return row.length == 0 ? new double[e] : row;
    }

    private static Attends seeing(Sees sees) {
        return (phi, psi, v, seen) -> {
            double[][] out = new double[phi.length][];
            for (int i = 0; i < phi.length; i++) {
                double[][] keys = psi.clone();
                for (int j = 0; j < keys.length; j++) {
                    keys[j] = sees.key(i, j) ? psi[j] : new double[psi[j].length];
                }
                out[i] =
                        orZeros(
                                new Integers(phi, keys, v, keys.length).row(i, keys.length),
                                v[0].length);
            }
            return out;
        };
    }
}
