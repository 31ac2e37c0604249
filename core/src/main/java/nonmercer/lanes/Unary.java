package nonmercer.lanes;

/// An elementwise function of one argument.
///
/// The bounds are in units in the last place of the result, over all arguments, and are tested
/// (docs/accuracy.md has what every float of float32 gives); "exact" means correctly rounded. NaN
/// gives NaN except where a comparison is the definition ([#STEP]).
public enum Unary {
    /// −x. Exact.
    NEGATE,
    /// |x|. Exact.
    ABS,
    /// The sign of x: −1, 1, or x itself when it is ±0 or NaN.
    SIGN,
    /// √x. Exact.
    SQRT,
    /// 1/x. Exact.
    RECIPROCAL,
    /// x². Exact.
    SQUARE,
    /// eˣ, to 1.1 ulp; gradual underflow, then 0; ∞ on overflow.
    EXP,
    /// eˣ − 1, to 2 ulp.
    EXPM1,
    /// ln x, to 1 ulp; −∞ at ±0, NaN below.
    LOG,
    /// ln(1 + x), to 2 ulp; −∞ at −1, NaN below.
    LOG1P,
    /// tanh x = (e²ˣ − 1)/(e²ˣ + 1), to 3 ulp.
    TANH,
    /// erf x = 2/√π ∫₀ˣ e^(−t²) dt, to 2 ulp.
    ERF,
    /// σ(x) = 1/(1 + e⁻ˣ), to 3 ulp.
    SIGMOID,
    /// sin x, to 2 ulp at every finite x; NaN at ±∞.
    SIN,
    /// cos x, to 2 ulp at every finite x; NaN at ±∞.
    COS,
    /// max(x, 0). Exact.
    RELU,
    /// 1 where x > 0, else 0 (also at NaN): the slope of [#RELU].
    STEP,
    /// x·Φ(x) = ½x(1 + erf(x/√2)), Φ the normal distribution function; absolute error 2 ulp of x.
    /// NaN at −∞.
    GELU,
    /// The slope of [#GELU]: Φ(x) + x·φ(x), φ the normal density; absolute error 2 ulp of 1. NaN at
    /// ±∞.
    GELU_SLOPE,
    /// ½x(1 + tanh(√(2/π)(x + 0.044715x³))): Hendrycks & Gimpel 2016, the approximation of GPT-2;
    /// absolute error 2 ulp of x.
    GELU_TANH,
    /// The slope of [#GELU_TANH]; absolute error 2 ulp of 1.
    GELU_TANH_SLOPE,
    /// ln(1 + eˣ), to 3 ulp; never overflows before x does.
    SOFTPLUS,
    /// x where x > 0, else eˣ − 1. To 2 ulp.
    ELU,
    /// arccos x, to 2 ulp; beyond ±1, where rounding takes cosines, that of ±1.
    ACOS,
    /// 1/x, and 0 at ±0, as gradients take the slope of a root. Exact.
    RECIPROCAL_OR_ZERO
}
