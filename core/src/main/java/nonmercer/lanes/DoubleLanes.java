// twin: float
package nonmercer.lanes;

/// The loops over `double[]`. A vector is an array and an offset; `n` is the number of elements.
///
/// The bits of every result are the same for every implementation, vector width and thread, cold or
/// hot (a NaN's payload excepted). For that, sums have one order, whatever the machine:
///
/// - an array is taken in chunks of [#CHUNK] elements, whose sums are added in order;
/// - in a chunk, the elements up to the last multiple of [#STRIPE] go to 4·[#STRIPE] running sums,
///   element `i` to sum `i mod 4·STRIPE`, which are then folded in halves (`a[k] + a[k + h]`, h =
///   2·STRIPE, …, 2, 1);
/// - the fewer than STRIPE elements that remain are added to that, one by one.
///
/// Products are added by fused multiply-add. An output may be one of the inputs if it is so at the
/// same offset; otherwise the ranges must not overlap.
public interface DoubleLanes {
    /// Elements of one 512-bit vector: the grain of every sum.
    int STRIPE = 64 / F64.BYTES;

    /// Elements summed at a time.
    int CHUNK = 4096;

    /// Elements of a long array before the first that begins a cache line: a JVM gives it whole
    /// pages, and a header of 16 bytes at their start. A vector that crosses a line costs two
    /// loads.
    int HEAD = STRIPE - 16 / F64.BYTES;

    /// out = f(x).
    void unary(Unary f, double[] x, int xo, double[] out, int oo, int n);

    /// out = f(a, b).
    void binary(Binary f, double[] a, int ao, double[] b, int bo, double[] out, int oo, int n);

    /// out = f(a, b) with one number b.
    void binary(Binary f, double[] a, int ao, /*64*/ double b, double[] out, int oo, int n);

    /// out = f(a, b) with one number a.
    void binary(Binary f, /*64*/ double a, double[] b, int bo, double[] out, int oo, int n);

    /// out = scale·x + shift, rounded once.
    void affine(
            double[] x,
            int xo, /*64*/
            double scale, /*64*/
            double shift,
            double[] out,
            int oo,
            int n);

    /// out = (x − centre)·scale.
    void centre(
            double[] x,
            int xo, /*64*/
            double centre, /*64*/
            double scale,
            double[] out,
            int oo,
            int n);

    /// out = (x − centre)·scale·gain + bias, the last product and sum rounded once.
    void standardise(
            double[] x,
            int xo, /*64*/
            double centre, /*64*/
            double scale,
            double[] gain,
            double[] bias,
            double[] out,
            int oo,
            int n);

    /// out = e^(x − shift).
    void expShifted(double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n);

    /// into += scale·x, rounded once.
    void addScaled(/*64*/ double scale, double[] x, int xo, double[] into, int io, int n);

    /// out = mask ≠ 0 ? a : b (a NaN mask counts as ≠ 0).
    void select(
            double[] mask,
            int mo,
            double[] a,
            int ao,
            double[] b,
            int bo,
            double[] out,
            int oo,
            int n);

    /// out = y·(g − ⟨g, y⟩) in each of so many rows of n elements, one after the other: the
    /// pullback of softmax.
    void softmaxGradient(
            double[] y, int yo, double[] g, int go, double[] out, int oo, int rows, int n);

    /// out = scale·(g − a − b·y): the pullback of normalisation.
    void residual(
            double[] y,
            int yo,
            double[] g,
            int go, /*64*/
            double a, /*64*/
            double b, /*64*/
            double scale,
            double[] out,
            int oo,
            int n);

    /// Σ x.
    double sum(double[] x, int xo, int n);

    /// Σ a·b.
    double dot(double[] a, int ao, double[] b, int bo, int n);

    /// Σ (x − centre)².
    double squaredDeviations(double[] x, int xo, /*64*/ double centre, int n);

    /// Σ e^(x − shift).
    double sumExp(double[] x, int xo, /*64*/ double shift, int n);

    /// out = e^(x − shift), and Σ out.
    double expShiftedSum(double[] x, int xo, /*64*/ double shift, double[] out, int oo, int n);

    /// The largest; NaN if any is; −∞ of nothing.
    double max(double[] x, int xo, int n);

    /// The smallest; NaN if any is; ∞ of nothing.
    double min(double[] x, int xo, int n);

    /// `out[j] = Σ_l f(q[l], keys[l·stride + j])` for j < n: one query against n keys that stand in
    /// columns. Each sum goes from l = 0 up.
    void pair(
            Pairing f,
            double[] q,
            int qo,
            int d,
            double[] keys,
            int ko,
            int stride,
            double[] out,
            int oo,
            int n);

    /// The pullback of [#pair] in one coordinate of one query: returns `Σ_j g[j]·∂f/∂q(q, keys[j])`
    /// and adds `g[j]·∂f/∂k(q, keys[j])` to `dkeys[j]`. The order of the sum is that of the others
    /// with STRIPE running sums for 4·STRIPE.
    double pairGradient(
            Pairing f, /*64*/
            double q,
            double[] keys,
            int ko,
            double[] g,
            int go,
            double[] dkeys,
            int dko,
            int n);

    /// into += a·b, rounded once.
    void addProduct(double[] a, int ao, double[] b, int bo, double[] into, int io, int n);

    /// The pullback of a row of [#standardise], x̂ = (x − mean)·inverse, from a gradient g: writes
    /// `dx = inverse·(h − mean h − x̂·mean(h·x̂))` with h = g·gain, and adds `g·x̂` to `gains` and
    /// g to `biases`. The definition, which uses `hat` for x̂; it, gains and biases have one
    /// offset.
    default void standardiseGradient(
            double[] x,
            int xo, /*64*/
            double mean, /*64*/
            double inverse,
            double[] gain,
            double[] g,
            int go,
            double[] dx,
            int dxo,
            double[] hat,
            double[] gains,
            double[] biases,
            int so,
            int n) {
        centre(x, xo, mean, inverse, hat, so, n);
        addProduct(g, go, hat, so, gains, so, n);
        binary(Binary.ADD, biases, so, g, go, biases, so, n);
        binary(Binary.MULTIPLY, g, go, gain, 0, dx, dxo, n);
        double level = sum(dx, dxo, n) / n;
        double slope = dot(dx, dxo, hat, so, n) / n;
        residual(hat, so, dx, dxo, level, slope, inverse, dx, dxo, n);
    }

    /// into += each of so many rows `x[xo + r·stride …]` in turn, r from 0 up.
    void addRows(double[] x, int xo, int stride, int rows, double[] into, int io, int n);

    /// One step of Adam with decoupled weight decay: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p −
    /// decay·p − rate·m/(√v·correction + ε).
    void adam(
            AdamStep step,
            double[] p,
            int po,
            double[] g,
            int go,
            double[] m,
            int mo,
            double[] v,
            int vo,
            int n);

    /// One step of gradient descent with momentum: v ← momentum·v + g, p ← p − decay·p − rate·v.
    void momentum(
            /*64*/ double rate, /*64*/
            double momentum, /*64*/
            double decay,
            double[] p,
            int po,
            double[] g,
            int go,
            double[] v,
            int vo,
            int n);

    /// A float64 parameter in this type, rounded to nearest.
    static double of(/*64*/ double value) {
        return F64.of(value);
    }

    /// f(x) of one number, with the bits of the loops.
    default double one(Unary f, double x) {
        return ScalarDoubleFunctions.apply(f, x);
    }

    /// The index of the largest of n ≥ 1 numbers, the first of equals; of the first NaN if there is
    /// one.
    default int indexOfMax(double[] x, int xo, int n) {
        double most = max(x, xo, n);
        for (int i = 0; i < n; i++) {
            if (x[xo + i] == most || Double.isNaN(x[xo + i])) {
                return i;
            }
        }
        throw new IllegalArgumentException("indexOfMax: there is no largest of " + n + " numbers");
    }

    /// The index of the first that is infinite or NaN, or −1.
    default int firstNonFinite(double[] x, int xo, int n) {
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(x[xo + i]) <= Double.MAX_VALUE)) {
                return i;
            }
        }
        return -1;
    }
}
