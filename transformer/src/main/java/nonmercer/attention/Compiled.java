package nonmercer.attention;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.KernelProgram;

/// A kernel's program as an attention over tiles.
record Compiled(KernelProgram program) {
    /// The kernel for these queries and keys.
    static Compiled of(Kernel kernel, Tensor q, Tensor k, Pass pass) {
        return new Compiled(KernelProgram.of(kernel, q, k, pass));
    }

    /// The attention, fused.
    Tensor apply(Tensor v, Mask mask, Pass pass) {
        int pairings = program.queries().size();
        List<Tensor> in = new ArrayList<>();
        for (int p = 0; p < pairings; p++) {
            in.add(program.queries().get(p));
            in.add(program.keys().get(p));
        }
        in.add(v);
        program.trained().forEach(c -> in.add(pass.use(c.log())));
        List<Double> coefficients =
                program.trained().stream().map(c -> c.tensor(pass).item()).toList();
        return Tensor.apply(
                new FusedAttention(program.scores(), mask, coefficients, x -> definition(x, mask)),
                in.toArray(new Tensor[0]));
    }

    /// The same in ordinary tensor operations, as a function of the op's inputs.
    private Tensor definition(List<Tensor> in, Mask mask) {
        int pairings = program.queries().size();
        Map<Parameter, Tensor> values = new HashMap<>();
        for (int c = 0; c < program.trained().size(); c++) {
            values.put(program.trained().get(c).log(), in.get(2 * pairings + 1 + c));
        }
        List<Tensor> queries = new ArrayList<>();
        List<Tensor> keys = new ArrayList<>();
        for (int p = 0; p < pairings; p++) {
            queries.add(in.get(2 * p));
            keys.add(in.get(2 * p + 1));
        }
        Tensor scores = program.definition(queries, keys, Pass.substituting(values));
        return Attention.weights(scores, program.scores().log(), mask).matmul(in.get(2 * pairings));
    }
}
