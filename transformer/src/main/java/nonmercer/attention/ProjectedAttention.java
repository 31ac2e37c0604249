package nonmercer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Tensor;
import nonmercer.fused.FusedLinear;
import nonmercer.kernel.Projected;
import org.jspecify.annotations.Nullable;

/// Attention through positive features that are projections, in blocks of rows, forward and
/// backward: no array of features exists.
///
/// Inputs: queries, keys, values, frequencies, and the constants if there are any. The pullback
/// computes the features again; the pullback of the pullback is that of the definition.
///
/// @param loops what is computed
/// @param definition the same in ordinary tensor operations
record ProjectedAttention(FusedLinear loops, Function<List<Tensor>, Tensor> definition)
        implements Op {
    private static final int FREQUENCIES = 3;
    private static final int CONSTANTS = 4;

    /// The attention of these features.
    static Tensor apply(
            Projected p, Tensor v, FusedLinear loops, Function<List<Tensor>, Tensor> definition) {
        List<Tensor> in = new ArrayList<>(List.of(p.queries(), p.keys(), v, p.frequencies()));
        p.constants().ifPresent(in::add);
        return Tensor.apply(new ProjectedAttention(loops, definition), in.toArray(new Tensor[0]));
    }

    /// The features of the inputs of the definition.
    static Projected projected(List<Tensor> in, double norm) {
        return new Projected(
                in.get(0),
                in.get(1),
                in.get(FREQUENCIES),
                in.size() > CONSTANTS ? Optional.of(in.get(CONSTANTS)) : Optional.empty(),
                norm);
    }

    @Override
    public Shape shape(Shape... in) {
        return in[0].with(-1, in[2].dim(-1));
    }

    private static List<Array> operands(int count, Function<Integer, Array> in) {
        List<Array> all = new ArrayList<>();
        for (int i = 0; i <= CONSTANTS; i++) {
            all.add(i < count ? in.apply(i) : none(in.apply(0)));
        }
        return all;
    }

    private static Array none(Array like) {
        return Array.zeros(like.dtype(), Shape.of(0));
    }

    @Override
    public void forward(Forward f) {
        List<Array> in = operands(f.count(), f::in);
        Array kept = f.fresh(Shape.of(loops.kept(in)));
        loops.forward(in, f.out(), kept);
        f.save(kept);
    }

    @Override
    public @Nullable Tensor[] pullback(Pullback p) {
        if (p.recording()) {
            return p.ofDefinition(definition);
        }
        List<Array> in = operands(p.count(), i -> p.in(i).value());
        boolean learned = p.wants(FREQUENCIES) || p.count() > CONSTANTS && p.wants(CONSTANTS);
        List<Array> to = new ArrayList<>();
        for (int i = 0; i <= CONSTANTS; i++) {
            boolean wanted = i < FREQUENCIES || learned && i < p.count();
            to.add(wanted ? p.fresh(p.shape(i)) : none(in.getFirst()));
        }
        loops.backward(in, p.out().value(), p.saved(0), p.gradient().value(), to);
        @Nullable Tensor[] gradients = new @Nullable Tensor[p.count()];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = p.wants(i) ? Tensor.of(to.get(i)) : null;
        }
        return gradients;
    }

    @Override
    public int keeps() {
        return ~0;
    }
}
