// twin: float
package nonmercer.fused;

import nonmercer.parallel.Parallel;

/// Every score of queries and keys, tile by tile: beside the result, memory is linear in their
/// number.
///
/// A tile's bits depend on the tile alone.
final class DoubleGram {
    private DoubleGram() {}

    /// Writes `[groups, n, m]`.
    static void run(DoubleProblem problem, double[] out, ThreadLocal<DoubleTile> tiles) {
        int blocks = problem.queryBlocks();
        Parallel.forEach(
                problem.extent.groups() * blocks,
                task -> {
                    DoubleTile t = tiles.get();
                    t.fit(problem.scores.value().registers(), 0);
                    for (int keyBlock = 0; keyBlock < problem.keyBlocks(); keyBlock++) {
                        tile(problem, t, task / blocks, task % blocks, keyBlock, out);
                    }
                });
    }

    private static void tile(
            DoubleProblem problem,
            DoubleTile t,
            int group,
            int queryBlock,
            int keyBlock,
            double[] out) {
        Program program = problem.scores.value();
        int rows = problem.rows(queryBlock);
        int columns = problem.columns(keyBlock);
        int m = problem.extent.m();
        problem.pair(t, group, queryBlock, keyBlock);
        t.run(program, new boolean[program.steps().size()], rows);
        double[] values = t.register(program.results().getFirst());
        int to =
                (group * problem.extent.n() + queryBlock * DoubleTile.ROWS) * m
                        + keyBlock * DoubleTile.COLUMNS;
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * DoubleTile.COLUMNS, out, to + i * m, columns);
        }
    }
}
