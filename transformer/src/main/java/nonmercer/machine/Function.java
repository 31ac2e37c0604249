package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import org.jspecify.annotations.Nullable;

/// `f = J⁻¹(Σᵢ cᵢ κ(xᵢ, ·))`: a function of a space, given by its dual element.
///
/// For p = 2 the duality map is the identity and f an expansion in the space's own kernel; for
/// other p it is no finite expansion in anything. Where a solver found the coefficients `v` of the
/// features too, they are the function: for large p, `J⁻¹` takes a high root of what cancels in
/// `h`.
public final class Function {
    private static final int BLOCK = 1024;

    private final DualElement dual;
    private final double @Nullable [] v;

    Function(DualElement dual, double @Nullable [] v) {
        this.dual = dual;
        this.v = v;
    }

    /// `f(x)` at points of its own domain, `[m, d]`.
    public double[] at(Array points) {
        Dense.checkPoints("the points", points);
        int m = points.dim(0);
        int d = points.dim(1);
        double[] all = points.toDoubles();
        double[] out = new double[m];
        for (int from = 0; from < m; from += BLOCK) {
            int to = Math.min(m, from + BLOCK);
            Array block =
                    Array.of(Shape.of(to - from, d), Arrays.copyOfRange(all, from * d, to * d));
            double[] part = values(block);
            System.arraycopy(part, 0, out, from, part.length);
        }
        return out;
    }

    private double[] values(Array block) {
        return v == null
                ? dual.trace().extend(dual.coefficients(), block)
                : Dense.times(dual.space().at(block).features().orElseThrow(), v);
    }

    /// `‖f‖`.
    public double norm() {
        return v == null ? dual.norm() : dual.space().norm().norm(v);
    }

    /// `J(f)`, the expansion.
    public DualElement dual() {
        return dual;
    }

    /// `s f`.
    public Function scaled(double s) {
        DualElement scaled =
                DualElement.of(
                        dual.space(),
                        dual.points(),
                        dual.trace(),
                        Dense.scaled(dual.coefficients(), s));
        return new Function(scaled, v == null ? null : Dense.scaled(v, s));
    }
}
