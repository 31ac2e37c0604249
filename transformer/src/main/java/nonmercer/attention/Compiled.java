package nonmercer.attention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nonmercer.array.Shape;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.Coins;
import nonmercer.fused.Setting;
import nonmercer.kernel.Factors;
import nonmercer.kernel.KernelProgram;
import nonmercer.random.RandomStream;

/// A kernel's program as an attention over tiles.
record Compiled(Attention attention, KernelProgram program) {
    /// The kernel for these queries and keys.
    static Compiled of(Attention attention, Tensor q, Tensor k, Pass pass) {
        return new Compiled(
                attention,
                attention.denominator() instanceof Denominator.None
                        ? KernelProgram.ofValue(attention.kernel(), q, k, pass)
                        : KernelProgram.of(attention.kernel(), q, k, pass));
    }

    /// The attention, fused.
    Tensor apply(
            Tensor v, Mask mask, Optional<Tensor> bias, Optional<RandomStream> dropout, Pass pass) {
        List<Tensor> in = new ArrayList<>();
        for (int p = 0; p < program.queries().size(); p++) {
            in.add(program.queries().get(p));
            in.add(program.keys().get(p));
        }
        in.add(v);
        program.trained().forEach(c -> in.add(pass.use(c.log())));
        bias.ifPresent(in::add);
        int keys = mask.keys(v.dim(2));
        if (keys < v.dim(2) && in.stream().anyMatch(Tensor::recorded)) {
            IdentityHashMap<Tensor, Tensor> firsts = new IdentityHashMap<>(); // pairings share keys
            for (int p = 0; p < program.queries().size(); p++) {
                Tensor all = in.get(2 * p + 1);
                in.set(2 * p + 1, firsts.computeIfAbsent(all, x -> x.slice(2, 0, keys)));
            }
            in.set(2 * program.queries().size(), v.slice(2, 0, keys));
        }
        List<Double> coefficients =
                program.trained().stream().map(c -> c.tensor(pass).item()).toList();
        Optional<Coins> coins = dropout.map(key -> new Coins(key.at("mask"), attention.dropout()));
        Setting setting =
                new Setting(mask, Optional.empty(), coins, attention.denominator().divisor());
        return Tensor.apply(
                new FusedAttention(
                        program.scores(),
                        setting,
                        bias.isPresent(),
                        coefficients,
                        x -> definition(x, mask, dropout)),
                in.toArray(new Tensor[0]));
    }

    /// The same in ordinary tensor operations, as a function of the op's inputs.
    private Tensor definition(List<Tensor> in, Mask mask, Optional<RandomStream> dropout) {
        int pairings = program.queries().size();
        Tensor v = in.get(2 * pairings);
        Map<Parameter, Tensor> values = new HashMap<>();
        for (int c = 0; c < program.trained().size(); c++) {
            values.put(program.trained().get(c).log(), in.get(2 * pairings + 1 + c));
        }
        List<Tensor> queries = new ArrayList<>();
        List<Tensor> keys = new ArrayList<>();
        for (int p = 0; p < pairings; p++) {
            queries.add(Definition.below(in.get(2 * p), v.dim(1)));
            keys.add(in.get(2 * p + 1));
        }
        Factors factors = program.definition(queries, keys, Pass.substituting(values));
        int bias = 2 * pairings + 1 + program.trained().size();
        Shape q = in.getFirst().shape();
        return new Definition(attention, mask, dropout)
                .apply(
                        factors,
                        Shape.of(q.dim(0), q.dim(1), q.dim(2), v.dim(2)),
                        v,
                        bias < in.size() ? Optional.of(in.get(bias)) : Optional.empty());
    }
}
