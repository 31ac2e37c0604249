package nonmercer.bench;

import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.kernel.Gauss;
import nonmercer.machine.KernelRidge;
import nonmercer.machine.LeastSquares;
import nonmercer.random.RandomStream;

/// Ridge regression with the Gaussian kernel on random points, solved, in float64: by a
/// factorisation, and by conjugate gradients with a Nyström preconditioner.
///
/// Counted are the `n³/3` operations of the factorisation; of the iterations, whose number the data
/// decide and each of which evaluates `n²` kernels, the points.
record MachineSuite() implements Suite {
    private static final int WIDTH = 10;
    private static final int LANDMARKS = 500;
    private static final double LAMBDA = 1;
    private static final double NOISE = 0.1;

    /// A solver of `(K + λ) c = z`.
    private interface Solver {
        LeastSquares solve(KernelRidge ridge, Array x, double[] z);
    }

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public String about() {
        return "kernel machines, solved";
    }

    @Override
    public List<Case> cases() {
        return List.of(direct(1000), direct(4000), iterative(4000), iterative(20_000));
    }

    @Override
    public List<Case> quick() {
        return List.of(direct(1000), iterative(4000));
    }

    private static Case direct(int n) {
        double flops = Math.pow(n, 3) / 3;
        return of(
                "ridge, Cholesky",
                n,
                Suites.params("n", n, "d", WIDTH),
                new Case.Amount(flops, new Limit.Arithmetic(DType.FLOAT64)),
                KernelRidge::direct);
    }

    private static Case iterative(int n) {
        return of(
                "ridge, Nyström",
                n,
                Suites.params("n", n, "d", WIDTH, "landmarks", LANDMARKS),
                new Case.Amount(n * Limit.Items.ONE, new Limit.Items("point")),
                (ridge, x, z) -> ridge.iterative(x, z, LANDMARKS, RandomStream.of(2)));
    }

    private static Case of(
            String work, int n, Map<String, Object> params, Case.Amount amount, Solver solver) {
        return new Case(
                "machine",
                work,
                params,
                DType.FLOAT64,
                amount,
                () -> {
                    KernelRidge ridge = new KernelRidge(new Gauss(), LAMBDA);
                    Array x = Suites.random("x", DType.FLOAT64, n, WIDTH);
                    double[] z = responses(x);
                    return new Case.Contest(
                            () -> solver.solve(ridge, x, z),
                            () -> check(solver.solve(ridge, x, z), z),
                            List.of());
                });
    }

    /// A sine of the first coordinate, with noise.
    private static double[] responses(Array x) {
        RandomStream noise = RandomStream.of(1).at("noise");
        double[] z = new double[x.dim(0)];
        for (int i = 0; i < z.length; i++) {
            z[i] = Math.sin(3 * x.get(i, 0)) + NOISE * noise.nextGaussian();
        }
        return z;
    }

    /// A residual of at most `10⁻⁶ ‖z‖`, with room for its last roundings.
    private static void check(LeastSquares fit, double[] z) {
        double squares = 0;
        for (double v : z) {
            squares += v * v;
        }
        if (!(fit.gap() <= 1e-12 * squares)) {
            throw new IllegalStateException(
                    "the solver left a gap of " + fit.gap() + " with " + squares + " = ‖z‖²");
        }
    }
}
