// twin: float
package nonmercer.fused;

import java.util.Arrays;
import nonmercer.lanes.Binary;
import nonmercer.lanes.DoubleLanes;
import nonmercer.lanes.Lanes;
import nonmercer.parallel.Parallel;

/// Attention on raw storage.
final class DoubleFused {
    private static final ThreadLocal<DoubleTile> TILES = ThreadLocal.withInitial(DoubleTile::new);
    private static final ThreadLocal<DoubleScratch> SCRATCH =
            ThreadLocal.withInitial(DoubleScratch::new);

    private DoubleFused() {}

    static void forward(
            Extent x,
            Scores scores,
            Setting setting,
            double[][] q,
            double[][] k,
            int[] widths,
            double[] v,
            double[] out,
            double[] norms) {
        DoubleScratch scratch = SCRATCH.get();
        scratch.reset();
        DoubleProblem problem =
                new DoubleProblem(x, scores, setting.visible(), q, k, widths, scratch);
        DoubleOperand values = DoubleOperand.of(v, x.keyGroups(), x.m(), x.room(), x.e(), scratch);
        new DoubleForward(problem, setting, values, out, norms).run(TILES);
    }

    /// Writes every score `[groups, n, m]`.
    static void gram(
            Extent x, Scores scores, double[][] q, double[][] k, int[] widths, double[] out) {
        DoubleScratch scratch = SCRATCH.get();
        scratch.reset();
        DoubleGram.run(
                new DoubleProblem(x, scores, Visible.all(), q, k, widths, scratch), out, TILES);
    }

    /// Writes the gradients; gives those of the scores' other numbers.
    static /*64*/ double[] backward(
            Extent x,
            Scores scores,
            Setting setting,
            double[][] q,
            double[][] k,
            int[] widths,
            double[] v,
            double[] out,
            double[] norms,
            double[] gradient,
            double[][] dq,
            double[][] dk,
            double[] dv,
            double[] dbias) {
        DoubleScratch scratch = SCRATCH.get();
        scratch.reset();
        DoubleProblem problem =
                new DoubleProblem(x, scores, setting.visible(), q, k, widths, scratch);
        DoubleOperand values = DoubleOperand.of(v, x.keyGroups(), x.m(), x.room(), x.e(), scratch);
        values.pack(x.keyGroups(), scratch);
        if (dbias.length > 0) {
            Arrays.fill(dbias, 0, setting.bias().orElseThrow().values().size(), 0);
        }
        boolean factors = !scores.logarithms();
        double[] g = factors ? perSum(x, gradient, norms, scratch) : gradient;
        double[] deltas = deltas(x, g, out, scratch);
        DoubleOperand gradients = DoubleOperand.of(g, x.groups(), x.n(), x.n(), x.e(), scratch);
        return new DoubleBackward(
                        problem, setting, values, gradients, norms, deltas, dq, dk, dv, dbias,
                        scratch)
                .run(TILES);
    }

    /// `ḡᵢ` by what the sums were divided by, and zeros where there is nothing to divide by.
    private static double[] perSum(Extent x, double[] g, double[] norms, DoubleScratch scratch) {
        int e = x.e();
        double[] scaled = scratch.take(x.groups() * x.n() * e);
        DoubleLanes lanes = Lanes.doubles();
        Parallel.forEach(
                x.groups(),
                group -> {
                    for (int i = group * x.n(); i < (group + 1) * x.n(); i++) {
                        if (norms[i] == 0) {
                            Arrays.fill(scaled, i * e, (i + 1) * e, 0);
                        } else {
                            lanes.binary(Binary.DIVIDE, g, i * e, norms[i], scaled, i * e, e);
                        }
                    }
                });
        return scaled;
    }

    private static double[] deltas(Extent x, double[] g, double[] out, DoubleScratch scratch) {
        int e = x.e();
        double[] deltas = scratch.take(x.groups() * x.n());
        DoubleLanes lanes = Lanes.doubles();
        Parallel.forEach(
                x.groups(),
                group -> {
                    for (int i = group * x.n(); i < (group + 1) * x.n(); i++) {
                        deltas[i] = lanes.dot(g, i * e, out, i * e, e);
                    }
                });
        return deltas;
    }
}
