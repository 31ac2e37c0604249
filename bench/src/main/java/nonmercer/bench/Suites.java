package nonmercer.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Elementwise;
import nonmercer.array.Reduce;
import nonmercer.array.Rows;
import nonmercer.array.Shape;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Unary;
import nonmercer.linalg.MatMul;
import nonmercer.linalg.Transpose;
import nonmercer.random.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;

/// The suites by name, each a list of cases.
public final class Suites {
    private static final int ELEMENTS = 1 << 20;
    private static final int LONG = 1 << 24;
    private static final int ROWS = 1024;
    private static final RandomStream RANDOM = RandomStream.of(1);

    private Suites() {}

    /// The names of the suites.
    public static List<String> names() {
        return List.copyOf(all().keySet());
    }

    /// The cases of a suite.
    ///
    /// @throws IllegalArgumentException naming the suites there are
    public static List<Case> of(String name) {
        Supplier<List<Case>> suite = all().get(name);
        if (suite == null) {
            throw new IllegalArgumentException(
                    "there is no suite named '" + name + "'; there are " + String.join(", ", names()));
        }
        return suite.get();
    }

    private static Map<String, Supplier<List<Case>>> all() {
        Map<String, Supplier<List<Case>>> suites = new LinkedHashMap<>();
        suites.put("gemm", Suites::gemm);
        suites.put("elementwise", Suites::elementwise);
        suites.put("softmax", Suites::softmax);
        return suites;
    }

    private static Array random(DType dtype, int... extents) {
        Array a = Array.zeros(dtype, Shape.of(extents));
        RANDOM.at("values").fillUniform(a, -1, 1);
        return a;
    }

    // --- gemm ---

    private static List<Case> gemm() {
        List<Case> cases = new ArrayList<>();
        for (int n : new int[] {64, 127, 256, 512, 1024}) {
            cases.add(product(DType.FLOAT32, n, n, n));
        }
        cases.add(product(DType.FLOAT32, 4096, 64, 64));
        cases.add(product(DType.FLOAT32, 64, 4096, 64));
        cases.add(batch(DType.FLOAT32, 256, 64));
        for (int n : new int[] {64, 512, 1024}) {
            cases.add(product(DType.FLOAT64, n, n, n));
        }
        return cases;
    }

    /// `[m, k] x [k, n]`.
    private static Case product(DType dtype, int m, int n, int k) {
        Case.Amount amount = new Case.Amount(2.0 * m * n * k, new Limit.Arithmetic(dtype));
        return new Case("gemm", "matmul", params("m", m, "n", n, "k", k), dtype, amount, () -> {
            Array a = random(dtype, m, k);
            Array b = random(dtype, k, n);
            Array c = random(dtype, m, n);
            Runnable ours = () -> MatMul.multiply(a, Transpose.PLAIN, b, Transpose.PLAIN, c);
            return new Case.Contest(ours, List.of(ejml(a, b, c)));
        });
    }

    private static Case batch(DType dtype, int batch, int n) {
        Case.Amount amount = new Case.Amount(2.0 * batch * n * n * n, new Limit.Arithmetic(dtype));
        return new Case("gemm", "matmul batch", params("batch", batch, "m", n, "n", n, "k", n), dtype, amount, () -> {
            Array a = random(dtype, batch, n, n);
            Array b = random(dtype, batch, n, n);
            Array c = random(dtype, batch, n, n);
            return Case.Contest.alone(() -> MatMul.multiply(a, Transpose.PLAIN, b, Transpose.PLAIN, c));
        });
    }

    private static Case.Peer ejml(Array a, Array b, Array c) {
        String version = org.ejml.EjmlVersion.VERSION;
        if (a.dtype() == DType.FLOAT32) {
            FMatrixRMaj x = FMatrixRMaj.wrap(a.dim(0), a.dim(1), a.toFloats());
            FMatrixRMaj y = FMatrixRMaj.wrap(b.dim(0), b.dim(1), b.toFloats());
            FMatrixRMaj z = FMatrixRMaj.wrap(c.dim(0), c.dim(1), c.toFloats());
            return new Case.Peer("EJML", version, () -> CommonOps_FDRM.mult(x, y, z));
        }
        DMatrixRMaj x = DMatrixRMaj.wrap(a.dim(0), a.dim(1), a.toDoubles());
        DMatrixRMaj y = DMatrixRMaj.wrap(b.dim(0), b.dim(1), b.toDoubles());
        DMatrixRMaj z = DMatrixRMaj.wrap(c.dim(0), c.dim(1), c.toDoubles());
        return new Case.Peer("EJML", version, () -> CommonOps_DDRM.mult(x, y, z));
    }

    // --- elementwise ---

    private static List<Case> elementwise() {
        List<Case> cases = new ArrayList<>();
        for (Unary f : List.of(Unary.EXP, Unary.LOG, Unary.TANH, Unary.ERF, Unary.SIGMOID, Unary.GELU, Unary.SIN, Unary.COS)) {
            cases.add(unary(DType.FLOAT32, f));
        }
        cases.add(unary(DType.FLOAT64, Unary.EXP));
        cases.add(stream("add", 2, 1, (x, y, out) -> Elementwise.binary(Binary.ADD, x, y, out)));
        cases.add(stream("scale", 1, 1, (x, y, out) -> Elementwise.affine(x, 0.5, 0, out)));
        cases.add(stream("axpy", 2, 1, (x, y, out) -> Elementwise.addScaled(1e-3, x, out)));
        cases.add(stream("sum", 1, 0, (x, y, out) -> out.floats()[0] = (float) Reduce.sumAll(x)));
        cases.add(stream("dot", 2, 0, (x, y, out) -> out.floats()[0] = (float) Reduce.dot(x, y)));
        return cases;
    }

    private static Case unary(DType dtype, Unary f) {
        int bytes = ELEMENTS * dtype.bytes();
        Case.Amount amount = new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes));
        String name = f.name().toLowerCase(java.util.Locale.ROOT);
        return new Case("elementwise", name, params("n", ELEMENTS), dtype, amount, () -> {
            Array x = random(dtype, ELEMENTS);
            if (f == Unary.LOG) {
                Elementwise.unary(Unary.ABS, x, x);
            }
            Array out = random(dtype, ELEMENTS);
            return Case.Contest.alone(() -> Elementwise.unary(f, x, out));
        });
    }

    /// A loop over arrays larger than any cache.
    private static Case stream(String name, int reads, int writes, Loop loop) {
        int bytes = LONG * DType.FLOAT32.bytes();
        Case.Amount amount = new Case.Amount((reads + writes) * (double) bytes, new Limit.Memory(reads, writes, bytes));
        return new Case("elementwise", name, params("n", LONG), DType.FLOAT32, amount, () -> {
            Array x = random(DType.FLOAT32, LONG);
            Array y = random(DType.FLOAT32, LONG);
            Array out = Array.zeros(DType.FLOAT32, Shape.of(LONG));
            return Case.Contest.alone(() -> loop.run(x, y, out));
        });
    }

    private interface Loop {
        void run(Array x, Array y, Array out);
    }

    // --- softmax ---

    private static List<Case> softmax() {
        int bytes = ROWS * ROWS * DType.FLOAT32.bytes();
        Array perRow = Array.full(DType.FLOAT32, Shape.of(ROWS), 1);
        return List.of(
                rows("softmax", new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes)), (x, y, out) ->
                        Rows.softmax(x, out)),
                rows("softmax gradient", new Case.Amount(3.0 * bytes, new Limit.Memory(2, 1, bytes)), (x, y, out) ->
                        Rows.softmaxGradient(x, y, out)),
                rows("log-sum-exp", new Case.Amount(bytes, new Limit.Memory(1, 0, bytes)), (x, y, out) ->
                        Rows.logSumExp(x, perRow)),
                rows("layer norm", new Case.Amount(2.0 * bytes, new Limit.Memory(1, 1, bytes)), (x, y, out) ->
                        Rows.layerNorm(x, 1e-5, out, perRow)),
                rows("layer norm gradient", new Case.Amount(3.0 * bytes, new Limit.Memory(2, 1, bytes)), (x, y, out) ->
                        Rows.layerNormGradient(x, y, perRow, out)));
    }

    private static Case rows(String work, Case.Amount amount, Loop loop) {
        return new Case("softmax", work, params("m", ROWS, "n", ROWS), DType.FLOAT32, amount, () -> {
            Array x = random(DType.FLOAT32, ROWS, ROWS);
            Array y = random(DType.FLOAT32, ROWS, ROWS);
            Array out = Array.zeros(DType.FLOAT32, Shape.of(ROWS, ROWS));
            return Case.Contest.alone(() -> loop.run(x, y, out));
        });
    }

    private static Map<String, Integer> params(Object... namesAndValues) {
        Map<String, Integer> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put((String) namesAndValues[i], (Integer) namesAndValues[i + 1]);
        }
        return params;
    }
}
