package nonmercer.array;

import nonmercer.lanes.AdamStep;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;
import nonmercer.lanes.Unary;

/// The loops of one element type on parts of arrays, an offset each: the one place where the type
/// is looked at.
///
/// What is said of bits and sums in [nonmercer.lanes.DoubleLanes] holds here.
sealed interface Loops permits DoubleLoops, FloatLoops {
    static Loops of(DType dtype) {
        return dtype == DType.FLOAT32 ? FloatLoops.INSTANCE : DoubleLoops.INSTANCE;
    }

    void unary(Unary f, Array x, int xo, Array out, int oo, int n);

    void binary(Binary f, Array a, int ao, Array b, int bo, Array out, int oo, int n);

    /// The operand `b` is one number.
    void binaryRight(Binary f, Array a, int ao, double b, Array out, int oo, int n);

    /// The operand `a` is one number.
    void binaryLeft(Binary f, double a, Array b, int bo, Array out, int oo, int n);

    void affine(Array x, int xo, double scale, double shift, Array out, int oo, int n);

    void addScaled(double scale, Array x, int xo, Array into, int io, int n);

    /// into += a·b, rounded once.
    void addProduct(Array a, int ao, Array b, int bo, Array into, int io, int n);

    void select(Array mask, int mo, Array a, int ao, Array b, int bo, Array out, int oo, int n);

    void fill(Array out, int oo, int n, double value);

    void copy(Array x, int xo, Array out, int oo, int n);

    void put(Array out, int at, double value);

    double sum(Array x, int xo, int n);

    double dot(Array a, int ao, Array b, int bo, int n);

    double max(Array x, int xo, int n);

    double min(Array x, int xo, int n);

    int indexOfMax(Array x, int xo, int n);

    int firstNonFinite(Array x, int xo, int n);

    /// out = e^(x − shift).
    void expShifted(Array x, int xo, double shift, Array out, int oo, int n);

    void softmax(Array x, int xo, Array out, int oo, int n);

    void softmaxGradient(Array y, Array g, Array out, int from, int rows, int n);

    double logSumExp(Array x, int xo, int n);

    double mean(Array x, int xo, int n);

    /// 1/√(variance + ε).
    double inverseDeviation(Array x, int xo, double mean, double epsilon, int n);

    /// out = (x − centre)·scale.
    void centre(Array x, int xo, double centre, double scale, Array out, int oo, int n);

    /// out = (x − centre)·scale·gain + bias, the last product and sum rounded once; gain and bias
    /// from their first elements.
    void standardise(
            Array x,
            int xo,
            double centre,
            double scale,
            Array gain,
            Array bias,
            Array out,
            int oo,
            int n);

    /// See [nonmercer.lanes.DoubleLanes#standardiseGradient]; hats, gains and biases from `so`.
    void standardiseGradient(
            Array x,
            Array g,
            int at,
            double mean,
            double inverse,
            Array gain,
            Array dx,
            Array hats,
            Array gains,
            Array biases,
            int so,
            int n);

    /// Writes the row, returns 1/√(variance + ε).
    double layerNorm(Array x, int xo, double epsilon, Array out, int oo, int n);

    void layerNormGradient(
            Array y, int yo, Array g, int go, double inverse, Array out, int oo, int n);

    /// Writes the row, returns 1/√(mean square + ε).
    double rmsNorm(Array x, int xo, double epsilon, Array out, int oo, int n);

    void rmsNormGradient(
            Array y, int yo, Array g, int go, double inverse, Array out, int oo, int n);

    double crossEntropy(Array x, int xo, int target, double smoothing, int n);

    void crossEntropyGradient(
            Array x, int xo, int target, double smoothing, double g, Array out, int oo, int n);

    void pair(
            Pairing f,
            Array q,
            int qo,
            int d,
            Array columns,
            int co,
            int stride,
            Array out,
            int oo,
            int n);

    /// `dq[l] = Σ_j g[j]·∂f/∂q_l` and `dkeys[l, j] += g[j]·∂f/∂k_jl`, for `count` coordinates of
    /// one query.
    void pairGradient(
            Pairing f,
            Array q,
            int qo,
            int count,
            Array keys,
            int ko,
            Array g,
            int go,
            int n,
            Array dq,
            Array dkeys);

    void addRows(Array x, int xo, int stride, int rows, Array into, int io, int n);

    void adam(AdamStep step, Array p, Array g, Array m, Array v, int from, int n);

    void momentum(
            double rate, double momentum, double decay, Array p, Array g, Array v, int from, int n);
}
