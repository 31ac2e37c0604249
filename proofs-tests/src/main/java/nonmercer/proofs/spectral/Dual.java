package nonmercer.proofs.spectral;

/// A number with its derivative in one direction, and the sum of the absolute terms of that
/// derivative, which bounds what rounding does to it.
record Dual(double value, double slope, double size) {
    /// A constant.
    static Dual of(double value) {
        return new Dual(value, 0, 0);
    }

    /// The variable itself.
    static Dual variable(double value) {
        return new Dual(value, 1, 1);
    }

    Dual plus(Dual y) {
        return new Dual(value + y.value, slope + y.slope, size + y.size);
    }

    Dual minus(Dual y) {
        return new Dual(value - y.value, slope - y.slope, size + y.size);
    }

    Dual times(Dual y) {
        return new Dual(
                value * y.value,
                slope * y.value + value * y.slope,
                size * Math.abs(y.value) + Math.abs(value) * y.size);
    }

    Dual times(double a) {
        return new Dual(value * a, slope * a, size * Math.abs(a));
    }

    Dual over(Dual y) {
        double q = value / y.value;
        return new Dual(
                q,
                (slope - q * y.slope) / y.value,
                (size + Math.abs(q) * y.size) / Math.abs(y.value));
    }

    Dual exp() {
        double e = Math.exp(value);
        return new Dual(e, e * slope, e * size);
    }

    Dual cos() {
        return new Dual(Math.cos(value), -Math.sin(value) * slope, size);
    }

    Dual sin() {
        return new Dual(Math.sin(value), Math.cos(value) * slope, size);
    }
}
