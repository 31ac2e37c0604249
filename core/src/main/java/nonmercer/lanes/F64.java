package nonmercer.lanes;

/// What binary64 has of its own in the polynomials: their degrees and coefficients, the layout of
/// the bits. Twin of `F32`, with the same names.
///
/// The polynomials are minimax fits (weighted least squares with Lawson's reweighting, 40 digits),
/// rounded to the type; the figure beside each is its largest error after rounding. The even and
/// the odd coefficients of a long one are two chains, evaluated side by side; TOP and NEXT begin
/// them.
final class F64 {
    /// Bits of the significand that are stored: the exponent stands above them.
    static final int SIGNIFICAND = 52;

    /// Bytes of a number.
    static final int BYTES = 8;

    /// The exponent's bias.
    static final int BIAS = 1023;

    /// The bits of 1.
    static final long ONE = 0x3ff0000000000000L;

    /// Where the sign bit stands.
    static final int SIGN_SHIFT = 63;

    /// The sign bit.
    static final long SIGN = 0x8000000000000000L;

    /// The stored bits of the significand.
    static final long FRACTION = 0x000fffffffffffffL;

    /// The bits of √½, rounded down to where the sum of a fraction and it carries into the
    /// exponent.
    static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

    /// The bits of 2^52: an integer below it, added, becomes the fraction.
    static final long INTEGER = 0x4330000000000000L;

    /// 2^52 + bias.
    static final double INTEGER_BIAS = 0x1.00000000003ffp+52;

    /// 1.5·2^52: adding it rounds to an integer, which then stands in the low bits.
    static final double MAGIC = 0x1.8000000000000p+52;

    /// 1.5·2^52 + bias: then the biased exponent of a power of two stands there.
    static final double BIASED_MAGIC = 0x1.80000000003ffp+52;

    /// The smallest normal number.
    static final double MIN_NORMAL = 0x1.0000000000000p-1022;

    /// 2^54: makes a denormal number normal.
    static final double SCALE = 0x1.0000000000000p+54;

    /// Its exponent.
    static final double SCALE_EXPONENT = 0x1.b000000000000p+5;

    /// ln of the smallest normal number, rounded towards 0.
    static final double DECAY_LIMIT = -0x1.6232bdd7abcd2p+9;

    /// Below this, eˣ − 1 and ln(1 + x) are x.
    static final double TINY = 0x1.0000000000000p-54;

    /// √½.
    static final double SQRT_HALF_VALUE = 0x1.6a09e667f3bcdp-1;

    /// 1/√(2π).
    static final double INVERSE_SQRT_2PI = 0x1.9884533d43651p-2;

    /// √(2/π).
    static final double SQRT_2_OVER_PI = 0x1.9884533d43651p-1;

    /// The cubic coefficient of the tanh form of GELU.
    static final double GELU_CUBIC = 0x1.6e4e26d4801f7p-5;

    /// Three times it.
    static final double GELU_CUBIC_3 = 0x1.12ba9d1f60179p-3;

    /// log₂ e.
    static final double LOG2_E = 0x1.71547652b82fep+0;

    /// ln 2 in two parts.
    static final double LN2_HIGH = 0x1.62e42fefa39efp-1;

    static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

    /// Beyond it eˣ is ∞, below its negative 0.
    static final double EXP_LIMIT = 0x1.7500000000000p+9;

    /// Added to the exponent of eˣ while it may be too small for a normal number.
    static final double RAISE = 0x1.0p+8;

    /// 2 to the −RAISE.
    static final double LOWER = 0x1.0p-256;

    /// Beyond it eˣ − 1 is ∞, up to it half of eˣ is finite.
    static final double EXPM1_TOP = 0x1.63p+9;

    /// Below its negative eˣ − 1 is −1.
    static final double EXPM1_LIMIT = 0x1.4000000000000p+5;

    /// Beyond it tanh is 1.
    static final double TANH_LIMIT = 0x1.4000000000000p+4;

    /// eʳ = 1 + r + r²·P(r) for |r| ≤ ½ ln 2; error 2^-55.
    static final double EXP_0 = 0x1.0000000000005p-1;

    static final double EXP_1 = 0x1.555555555555bp-3;
    static final double EXP_2 = 0x1.5555555552020p-5;
    static final double EXP_3 = 0x1.111111110eeaep-7;
    static final double EXP_4 = 0x1.6c16c17f6ffe6p-10;
    static final double EXP_5 = 0x1.a01a01b303617p-13;
    static final double EXP_6 = 0x1.a019a5d4292b3p-16;
    static final double EXP_NEXT = 0x1.71ddf0a1e13d6p-19;
    static final double EXP_8 = 0x1.28a363789ce80p-22;
    static final double EXP_TOP = 0x1.af6bddf15b72bp-26;

    /// ln((1+s)/(1−s)) = 2s + s·z·P(z), z = s², for 1 ± s within √2 of each other; error 2^-58.
    static final double LOG_0 = 0x1.555555555557cp-1;

    static final double LOG_1 = 0x1.99999999855b1p-2;
    static final double LOG_2 = 0x1.2492493e05603p-2;
    static final double LOG_3 = 0x1.c71c54bad1ef5p-3;
    static final double LOG_NEXT = 0x1.7465c3bb6fa0fp-3;
    static final double LOG_5 = 0x1.39acc2b52999fp-3;
    static final double LOG_TOP = 0x1.2ea1323d447d9p-3;

    /// Up to here erf is near 0: (erf x)/x is a polynomial in x².
    static final double ERF_SPLIT = 1.25;

    /// The middle of the squares up to there.
    static final double ERF_CENTRE = 0.78125;

    /// erf x = x + x·P(x² − ERF_CENTRE) for |x| ≤ 1.25; error 2^-55.
    static final double ERF_0 = -0x1.b916511794cc0p-4;

    static final double ERF_1 = -0x1.ec7108519c6efp-3;
    static final double ERF_2 = 0x1.0c5b6fae2b993p-4;
    static final double ERF_3 = -0x1.e44cb83a4c81dp-7;
    static final double ERF_4 = 0x1.6bfb277ee2ad8p-9;
    static final double ERF_5 = -0x1.d15bef2f29c42p-12;
    static final double ERF_6 = 0x1.020671a92c993p-14;
    static final double ERF_7 = -0x1.f87a608004da3p-18;
    static final double ERF_8 = 0x1.b890d1e7f69cdp-21;
    static final double ERF_9 = -0x1.5b7e64339f4c7p-24;
    static final double ERF_10 = 0x1.f395ee98df80dp-28;
    static final double ERF_11 = -0x1.49da3a8e61685p-31;
    static final double ERF_NEXT = 0x1.96bc5f8b5988fp-35;
    static final double ERF_TOP = -0x1.cd03490bc5835p-39;

    /// Beyond it erf is 1.
    static final double ERFC_LIMIT = 5.9375;

    /// The middle of what lies between.
    static final double ERFC_CENTRE = 3.59375;

    /// 1 − erf x = P(x − ERFC_CENTRE) between 1.25 and the limit; error 2^-56.
    static final double ERFC_0 = 0x1.90538b943c4cbp-22;

    static final double ERFC_1 = -0x1.74adc8f406db3p-19;
    static final double ERFC_2 = 0x1.4ed4228b0b5f2p-17;
    static final double ERFC_3 = -0x1.81918bac996c3p-16;
    static final double ERFC_4 = 0x1.3e81c09d1f9e9p-15;
    static final double ERFC_5 = -0x1.9004afed4d276p-15;
    static final double ERFC_6 = 0x1.8a40e17c6357bp-15;
    static final double ERFC_7 = -0x1.359243c114f34p-15;
    static final double ERFC_8 = 0x1.834b95ec6227cp-16;
    static final double ERFC_9 = -0x1.79d1a1a4bf877p-17;
    static final double ERFC_10 = 0x1.0bb462cb1ba59p-18;
    static final double ERFC_11 = -0x1.9a2aae297d4b0p-21;
    static final double ERFC_12 = -0x1.3b44d01db94acp-23;
    static final double ERFC_13 = 0x1.95af0fa04bb41p-23;
    static final double ERFC_14 = -0x1.4d6834adbc823p-24;
    static final double ERFC_15 = 0x1.da69fb5ff1c9fp-27;
    static final double ERFC_16 = 0x1.88609dc22c2f0p-29;
    static final double ERFC_17 = -0x1.772e733882e4cp-29;
    static final double ERFC_18 = 0x1.b2d17ece1d653p-31;
    static final double ERFC_19 = -0x1.ea09ef8f277b4p-36;
    static final double ERFC_20 = -0x1.1c68a466e09acp-34;
    static final double ERFC_21 = 0x1.b1e0786e0f1f5p-36;
    static final double ERFC_22 = -0x1.66940f9b61b93p-39;
    static final double ERFC_23 = -0x1.6060e4e0a100bp-40;
    static final double ERFC_24 = 0x1.52d74507308f9p-41;
    static final double ERFC_25 = -0x1.5c6125fa56d66p-44;
    static final double ERFC_26 = -0x1.f64ca3a98f7fbp-46;
    static final double ERFC_27 = 0x1.d7663365cdb18p-47;
    static final double ERFC_28 = -0x1.9fa8abd11be0ap-51;
    static final double ERFC_29 = -0x1.a28604a1b67d3p-51;
    static final double ERFC_30 = 0x1.4a4c331563e61p-53;
    static final double ERFC_31 = 0x1.377d5cdc2af20p-56;
    static final double ERFC_32 = -0x1.f99a5bd7c320dp-58;
    static final double ERFC_33 = 0x1.7b8400bb67768p-64;
    static final double ERFC_NEXT = 0x1.2ab4b203399a7p-63;
    static final double ERFC_TOP = -0x1.5910395c6afa9p-67;

    /// Up to here the normal distribution function less ½, over x, is a polynomial in x².
    static final double NORMAL_SPLIT = 1.75;

    /// The middle of the squares up to there.
    static final double NORMAL_CENTRE = 1.53125;

    /// Φ(x) = ½ + x·P(x² − NORMAL_CENTRE) for |x| ≤ 1.75; error 2^-54.
    static final double NORMAL_0 = 0x1.446aeedc7971ap-2;

    static final double NORMAL_1 = -0x1.5f307f35f979fp-5;
    static final double NORMAL_2 = 0x1.7f8d162d4a021p-8;
    static final double NORMAL_3 = -0x1.5a7f8e6f68f22p-11;
    static final double NORMAL_4 = 0x1.049ba0a250c80p-14;
    static final double NORMAL_5 = -0x1.4d5d0e3e23fc7p-18;
    static final double NORMAL_6 = 0x1.71d02af589b1ap-22;
    static final double NORMAL_7 = -0x1.699f10ce4d649p-26;
    static final double NORMAL_8 = 0x1.3be06d443c25bp-30;
    static final double NORMAL_9 = -0x1.f261257f44a54p-35;
    static final double NORMAL_10 = 0x1.664f12ee3095ep-39;
    static final double NORMAL_11 = -0x1.d9346ba2f225ap-44;
    static final double NORMAL_NEXT = 0x1.23a9fbf921a2fp-48;
    static final double NORMAL_TOP = -0x1.4aa15229cf3b1p-53;

    /// Beyond it Φ is 1, below its negative 0.
    static final double TAIL_LIMIT = 8.375;

    /// The middle of what lies between.
    static final double TAIL_CENTRE = 5.0625;

    /// Φ(−x) = P(x − TAIL_CENTRE) between 1.75 and the limit; error 2^-58.
    static final double TAIL_0 = 0x1.bc4ed8bb17fb8p-23;

    static final double TAIL_1 = -0x1.2368d323c2551p-20;
    static final double TAIL_2 = 0x1.70d0ab3908c72p-19;
    static final double TAIL_3 = -0x1.2b0bb256cc13bp-18;
    static final double TAIL_4 = 0x1.5bbebf7232132p-18;
    static final double TAIL_5 = -0x1.333c2d7c1f023p-18;
    static final double TAIL_6 = 0x1.a9ba2678591abp-19;
    static final double TAIL_7 = -0x1.d57b438b13d5ep-20;
    static final double TAIL_8 = 0x1.9bbba82099ba7p-21;
    static final double TAIL_9 = -0x1.189f9f1f65c26p-22;
    static final double TAIL_10 = 0x1.137982f7195f6p-24;
    static final double TAIL_11 = -0x1.17863707af26fp-27;
    static final double TAIL_12 = -0x1.883cf16723cf3p-30;
    static final double TAIL_13 = 0x1.366d663f4c3e5p-30;
    static final double TAIL_14 = -0x1.5991924cd8b02p-32;
    static final double TAIL_15 = 0x1.3e16710b42aafp-35;
    static final double TAIL_16 = 0x1.e5194afca2ecep-38;
    static final double TAIL_17 = -0x1.1cc72150b3898p-38;
    static final double TAIL_18 = 0x1.b57f7b0b3c00fp-41;
    static final double TAIL_19 = -0x1.acf274b6f4125p-48;
    static final double TAIL_20 = -0x1.3cc194cd794bcp-45;
    static final double TAIL_21 = 0x1.3b69c8e53f255p-47;
    static final double TAIL_22 = -0x1.29d2e2b0eb9c0p-51;
    static final double TAIL_23 = -0x1.20bcb7392ac0bp-52;
    static final double TAIL_24 = 0x1.61b8207388f38p-54;
    static final double TAIL_25 = -0x1.b17808667cd5bp-58;
    static final double TAIL_26 = -0x1.2a02f8d00b537p-59;
    static final double TAIL_27 = 0x1.5a53cba72b619p-61;
    static final double TAIL_28 = -0x1.c0e5e9382b9e3p-67;
    static final double TAIL_29 = -0x1.4d4a78c5ceee3p-66;
    static final double TAIL_30 = 0x1.3344b7cdf569bp-69;
    static final double TAIL_31 = 0x1.25eecbc7c91fdp-72;
    static final double TAIL_32 = -0x1.f42e1839379d9p-75;
    static final double TAIL_33 = -0x1.54034b99166cap-81;
    static final double TAIL_NEXT = 0x1.30386429cef82p-81;
    static final double TAIL_TOP = -0x1.5d44949e20b4ep-86;

    /// Up to here π/2 in three parts reduces the argument; beyond, [StrictMath] does the work.
    static final double TRIG_LIMIT = 0x1.0000000000000p+30;

    /// 2/π.
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

    /// π/2 in three parts.
    static final double HALF_PI_HIGH = 0x1.921fb54442d18p+0;

    static final double HALF_PI_MIDDLE = 0x1.1a62633145c07p-54;
    static final double HALF_PI_LOW = -0x1.f1976b8000000p-110;

    /// sin r = r + r·z·P(z), z = r², for |r| ≤ π/4; error 2^-58.
    static final double SIN_0 = -0x1.555555555554cp-3;

    static final double SIN_1 = 0x1.111111110fc08p-7;
    static final double SIN_2 = -0x1.a01a019c6c4dcp-13;
    static final double SIN_3 = 0x1.71de35b9d1359p-19;
    static final double SIN_4 = -0x1.ae5e933465737p-26;
    static final double SIN_TOP = 0x1.5d9e99661732ap-33;

    /// cos r = 1 − z/2 + z²·P(z), z = r², for |r| ≤ π/4; error 2^-64.
    static final double COS_0 = 0x1.5555555555553p-5;

    static final double COS_1 = -0x1.6c16c16c15f29p-10;
    static final double COS_2 = 0x1.a01a019ddfcafp-16;
    static final double COS_3 = -0x1.27e4f8ceccab0p-22;
    static final double COS_4 = 0x1.1eea66695e2d9p-29;
    static final double COS_TOP = -0x1.8fe9534ab237bp-37;

    /// π/2 in two parts.
    static final double ACOS_HIGH = 0x1.921fb54442d18p0;

    static final double ACOS_LOW = 0x1.1a62633145c07p-54;

    /// (asin s/s − 1)/z in z = s², s ≤ ½; error of the arc 2^-57.
    static final double ASIN_0 = 0x1.5555555555556p-3;

    static final double ASIN_1 = 0x1.3333333332ecap-4;
    static final double ASIN_2 = 0x1.6db6db6e31f13p-5;
    static final double ASIN_3 = 0x1.f1c71c1db0623p-6;
    static final double ASIN_4 = 0x1.6e8bb1c8209a2p-6;
    static final double ASIN_5 = 0x1.1c4d35cf95421p-6;
    static final double ASIN_6 = 0x1.c9cf07674736ap-7;
    static final double ASIN_7 = 0x1.782651caa6547p-7;
    static final double ASIN_8 = 0x1.52420b04b37bep-7;
    static final double ASIN_9 = 0x1.65a9c4dfcf8b2p-8;
    static final double ASIN_10 = 0x1.1d189408314eep-6;
    static final double ASIN_11 = -0x1.e6aaa8a0a04ccp-7;
    static final double ASIN_TOP = 0x1.d72b2bc8155f8p-6;

    private F64() {}

    /// A float64 parameter in this type, rounded to nearest.
    static double of(double value) {
        return value;
    }

    /// √x, correctly rounded.
    static double sqrt(double x) {
        return Math.sqrt(x);
    }

    /// sin x of a large argument.
    static double farSin(double x) {
        return StrictMath.sin(x);
    }

    /// cos x of a large argument.
    static double farCos(double x) {
        return StrictMath.cos(x);
    }

    /// The bits of a number.
    static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    /// The number with these bits.
    static double ofBits(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
