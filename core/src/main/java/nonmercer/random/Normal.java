package nonmercer.random;

/// The quantile function of the standard normal distribution: `Φ⁻¹(p)` with a relative error of
/// about 10⁻¹⁶.
///
/// Three rational functions: one around the median, two in the tails. One uniform number makes one
/// normal number, monotonically, so that antithetic and stratified uniforms stay what they are.
/// Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37 (1988), PPND16.
public final class Normal {
    private Normal() {}

    /// `Φ⁻¹(p)` for `0 < p < 1`.
    public static double quantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= 0.425) {
            return q * centre(0.180625 - q * q);
        }
        // fdlibm's logarithm, so that the bits are the same on every machine.
        double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
        double x = r <= 5 ? tail(r - 1.6) : farTail(r - 5);
        return q < 0 ? -x : x;
    }

    private static double centre(double r) {
        double over = 2509.0809287301227;
        over = over * r + 33430.57558358813;
        over = over * r + 67265.7709270087;
        over = over * r + 45921.95393154987;
        over = over * r + 13731.69376550946;
        over = over * r + 1971.5909503065513;
        over = over * r + 133.14166789178438;
        over = over * r + 3.3871328727963665;
        double under = 5226.495278852854;
        under = under * r + 28729.085735721943;
        under = under * r + 39307.89580009271;
        under = under * r + 21213.794301586597;
        under = under * r + 5394.196021424751;
        under = under * r + 687.1870074920579;
        under = under * r + 42.31333070160091;
        under = under * r + 1.0;
        return over / under;
    }

    private static double tail(double r) {
        double over = 0.0007745450142783414;
        over = over * r + 0.022723844989269184;
        over = over * r + 0.2417807251774506;
        over = over * r + 1.2704582524523684;
        over = over * r + 3.6478483247632045;
        over = over * r + 5.769497221460691;
        over = over * r + 4.630337846156546;
        over = over * r + 1.4234371107496835;
        double under = 1.0507500716444169e-09;
        under = under * r + 0.0005475938084995345;
        under = under * r + 0.015198666563616457;
        under = under * r + 0.14810397642748008;
        under = under * r + 0.6897673349851;
        under = under * r + 1.6763848301838038;
        under = under * r + 2.053191626637759;
        under = under * r + 1.0;
        return over / under;
    }

    private static double farTail(double r) {
        double over = 2.0103343992922881e-07;
        over = over * r + 2.7115555687434876e-05;
        over = over * r + 0.0012426609473880784;
        over = over * r + 0.026532189526576124;
        over = over * r + 0.29656057182850487;
        over = over * r + 1.7848265399172913;
        over = over * r + 5.463784911164114;
        over = over * r + 6.657904643501103;
        double under = 2.0442631033899397e-15;
        under = under * r + 1.421511758316446e-07;
        under = under * r + 1.8463183175100548e-05;
        under = under * r + 0.0007868691311456133;
        under = under * r + 0.014875361290850615;
        under = under * r + 0.1369298809227358;
        under = under * r + 0.599832206555888;
        under = under * r + 1.0;
        return over / under;
    }
}
