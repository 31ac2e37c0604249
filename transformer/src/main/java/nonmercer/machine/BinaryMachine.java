package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// A solved binary problem: two functions that make one prediction.
///
/// @param f the function of queries
/// @param g the function of keys
/// @param coupling how they meet
/// @param report how the solver did
public record BinaryMachine(Function f, Function g, Coupling coupling, Report report) {
    /// The prediction for every pair, `[n, d] × [m, d'] → [n, m]`.
    public Array predict(Array x, Array y) {
        double[] fx = f.at(x);
        double[] gy = g.at(y);
        double[] t = new double[fx.length * gy.length];
        for (int i = 0; i < fx.length; i++) {
            for (int j = 0; j < gy.length; j++) {
                t[i * gy.length + j] = coupling.of(fx[i], gy[j]);
            }
        }
        return Array.of(Shape.of(fx.length, gy.length), t);
    }

    /// The same machine with both functions negated: another solution where the coupling is a
    /// product.
    public BinaryMachine negated() {
        return new BinaryMachine(f.scaled(-1), g.scaled(-1), coupling, report);
    }

    /// Coefficients that are not zero, of both functions.
    public int support() {
        return f.dual().support() + g.dual().support();
    }
}
