package nonmercer.bench;

import static nonmercer.linalg.Transpose.PLAIN;
import static nonmercer.linalg.Transpose.TRANSPOSED;

import java.util.ArrayList;
import java.util.List;
import nonmercer.array.DType;
import nonmercer.linalg.Transpose;

/// `c = a·b` for `a [m, k]` and `b [k, n]`: square, odd, skinny, and many small ones at once.
record GemmSuite() implements Suite {
    @Override
    public String name() {
        return "gemm";
    }

    @Override
    public String about() {
        return "the matrix product";
    }

    @Override
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (int n : new int[] {256, 512, 1024, 2048}) {
            cases.add(product(DType.FLOAT32, n, n, n));
        }
        for (int n : new int[] {512, 1024}) {
            cases.add(product(DType.FLOAT64, n, n, n));
        }
        cases.add(transposed("a", TRANSPOSED, PLAIN));
        cases.add(transposed("b", PLAIN, TRANSPOSED));
        cases.add(transposed("ab", TRANSPOSED, TRANSPOSED));
        for (int n : new int[] {63, 64, 65, 100, 127, 128, 513}) {
            cases.add(product(DType.FLOAT32, n, n, n));
        }
        cases.add(product(DType.FLOAT32, 4096, 64, 64));
        cases.add(product(DType.FLOAT32, 64, 4096, 64));
        cases.add(batch(DType.FLOAT32, 256, 64));
        for (int n : new int[] {64, 127, 256}) {
            cases.add(product(DType.FLOAT64, n, n, n));
        }
        return cases;
    }

    @Override
    public List<Case> quick() {
        return List.of(
                product(DType.FLOAT32, 512, 512, 512),
                batch(DType.FLOAT32, 256, 64),
                product(DType.FLOAT64, 512, 512, 512));
    }

    private static Case product(DType dtype, int m, int n, int k) {
        Case.Amount amount = new Case.Amount(2.0 * m * n * k, new Limit.Arithmetic(dtype));
        return new Case(
                "gemm",
                "matmul",
                Suites.params("m", m, "n", n, "k", k),
                dtype,
                amount,
                () ->
                        Case.Contest.of(
                                new Task.Product(
                                        Suites.random("a", dtype, m, k),
                                        PLAIN,
                                        Suites.random("b", dtype, k, n),
                                        PLAIN)));
    }

    /// With a, b or both stored the other way round.
    private static Case transposed(String which, Transpose ta, Transpose tb) {
        int n = 512;
        return new Case(
                "gemm",
                "matmul",
                Suites.params("m", n, "n", n, "k", n, "transposed", which),
                DType.FLOAT32,
                new Case.Amount(2.0 * n * n * n, new Limit.Arithmetic(DType.FLOAT32)),
                () ->
                        Case.Contest.of(
                                new Task.Product(
                                        Suites.random("a", DType.FLOAT32, n, n),
                                        ta,
                                        Suites.random("b", DType.FLOAT32, n, n),
                                        tb)));
    }

    private static Case batch(DType dtype, int batch, int n) {
        Case.Amount amount = new Case.Amount(2.0 * batch * n * n * n, new Limit.Arithmetic(dtype));
        var params = Suites.params("batch", batch, "m", n, "n", n, "k", n);
        return new Case(
                "gemm",
                "matmul batch",
                params,
                dtype,
                amount,
                () ->
                        Case.Contest.of(
                                new Task.Product(
                                        Suites.random("a", dtype, batch, n, n),
                                        PLAIN,
                                        Suites.random("b", dtype, batch, n, n),
                                        PLAIN)));
    }
}
