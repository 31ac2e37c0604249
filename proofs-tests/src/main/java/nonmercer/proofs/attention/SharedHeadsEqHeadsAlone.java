package nonmercer.proofs.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import nonmercer.attention.Mask;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;
import nonmercer.proofs.Candidate;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Cost;
import nonmercer.proofs.KernelLaw;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Tolerance;

/// Four heads of queries, made of two scenes, and the heads of keys and values of both.
final class SharedHeadsEqHeadsAlone implements KernelLaw<Attending, SharedHeadsEqHeadsAlone.Case> {
    /// Two scenes of one shape.
    record Case(List<Scene> scenes) {
        /// The scene whose queries a head of queries has.
        Scene asks(int head) {
            return scenes.get(head % 3 == 0 ? 0 : 1);
        }
    }

    @Override
    public String id() {
        return "A15";
    }

    @Override
    public String statement() {
        return "for all q with g h heads, k and v with h heads: head i of the queries attends, bit for bit, as by itself"
                + " to head ⌊i/g⌋ of keys and values";
    }

    @Override
    public Source source() {
        return Source.of("Ainslie et al. 2023", "section 2.2");
    }

    @Override
    public String assumes() {
        return "the number of query heads is a multiple of that of key heads";
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
    public Optional<Attending> subject(Candidate kernel) {
        return Attending.of(kernel);
    }

    @Override
    public Cases<Case> cases(Attending attending) {
        return Cases.random(60, Scene.two(attending.kernel(), 4, 6).map(Case::new))
                .hitting("several keys", 0.3, c -> c.scenes.getFirst().m() >= 3);
    }

    /// The number of numbers that differ.
    @Override
    public double statistic(Attending attending, Case c) {
        Scene a = c.scenes.get(0);
        Scene b = c.scenes.get(1);
        Kernel kernel = ParameterTree.freshCopy(attending.kernel().kernel(), DType.FLOAT32);
        Tensor q = stacked(c.asks(0).q(), c.asks(1).q(), c.asks(2).q(), c.asks(3).q());
        Tensor k = stacked(a.k(), b.k());
        Tensor v = stacked(a.v(), b.v());
        Array out = attending.form().of(kernel, q, k, v, Mask.causal()).value();
        int differences = 0;
        for (int head = 0; head < 4; head++) {
            Scene keys = c.scenes.get(head / 2);
            Array alone =
                    attending
                            .form()
                            .of(
                                    kernel,
                                    stacked(c.asks(head).q()),
                                    stacked(keys.k()),
                                    stacked(keys.v()),
                                    Mask.causal())
                            .value();
            for (int i = 0; i < alone.size(); i++) {
                differences +=
                        Double.compare(alone.at(i), out.at(head * alone.size() + i)) == 0 ? 0 : 1;
            }
        }
        return differences;
    }

    private static Tensor stacked(double[][]... heads) {
        List<Tensor> all =
                Arrays.stream(heads)
                        .map(h ->
                                Tensor.of(
                                        Array.matrix(h)
                                                .cast(DType.FLOAT32)
                                                .reshape(Shape.of(1, 1, h.length, h[0].length))))
                        .toList();
        return Tensor.concat(1, all);
    }

    @Override
    public Tolerance<Attending, Case> tolerance() {
        return Tolerance.exact();
    }

    @Override
    public List<Mutant<Attending>> mutants() {
        return List.of(
                Mutant.of(
                        "head i reads head i mod h",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(kernel, q, repeated(q, k), repeated(q, v), mask))),
                Mutant.of(
                        "every head reads the first",
                        "folklore",
                        Attending.wrong((kernel, q, k, v, mask) ->
                                Attending.attend(
                                        kernel, q, k.slice(1, 0, 1), v.slice(1, 0, 1), mask))));
    }

    private static Tensor repeated(Tensor q, Tensor x) {
        return q.dim(1) == x.dim(1) ? x : Tensor.concat(1, List.of(x, x));
    }
}
