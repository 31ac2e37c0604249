package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.autodiff.Tensor;

/// A user's loss: quadratic up to `delta`, linear beyond.
record Huber(double delta) implements Loss {
    @Override
    public double value(double z, double t) {
        double r = Math.abs(z - t);
        return r <= delta ? r * r / 2 : delta * (r - delta / 2);
    }

    @Override
    public double slope(double z, double t) {
        return Math.clamp(t - z, -delta, delta);
    }

    @Override
    public double conjugate(double z, double s) {
        return Math.abs(s) > delta ? Double.POSITIVE_INFINITY : s * z + s * s / 2;
    }

    @Override
    public double conjugateSlope(double z, double s) {
        return z + s;
    }

    @Override
    public double conjugateCurvature(double z, double s) {
        return 1;
    }

    @Override
    public double leastSlope(double z) {
        return -delta;
    }

    @Override
    public double largestSlope(double z) {
        return delta;
    }

    @Override
    public boolean strictlyConvex() {
        return false;
    }

    @Override
    public Tensor values(Tensor z, Tensor t) {
        Tensor r = z.sub(t).abs();
        Tensor inside = r.minimum(Tensor.of(Array.full(r.dtype(), r.shape(), delta)));
        return inside.mul(r.sub(inside.scale(0.5)));
    }
}
