package nonmercer.machine;

import java.util.Arrays;
import nonmercer.array.Array;
import nonmercer.array.Shape;

/// `f = J⁻¹(Σᵢ cᵢ κ(xᵢ, ·))`: a function of a space, given by its dual element.
///
/// For p = 2 the duality map is the identity and f an expansion in the space's own kernel; for
/// other p it is no finite expansion in anything.
public final class Function {
    private static final int BLOCK = 1024;

    private final DualElement dual;

    Function(DualElement dual) {
        this.dual = dual;
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
            double[] part = dual.trace().extend(dual.coefficients(), block);
            System.arraycopy(part, 0, out, from, part.length);
        }
        return out;
    }

    /// `‖f‖`.
    public double norm() {
        return dual.norm();
    }

    /// `J(f)`, the expansion.
    public DualElement dual() {
        return dual;
    }

    /// `s f`.
    public Function scaled(double s) {
        return DualElement.of(
                        dual.space(),
                        dual.points(),
                        dual.trace(),
                        Dense.scaled(dual.coefficients(), s))
                .function();
    }
}
