package nonmercer.bench;

import nonmercer.kernel.Expression;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Traits;

/// `k(q, k) = exp(-‖q - k‖²/8)`: a kernel as a user writes one, in another package than the
/// catalogue's, with no more said of it than it needs.
record Bell() implements Profile {
    private static final double RATE = 0.125;

    @Override
    public double at(double[] q, double[] k) {
        return Math.exp(-RATE * Pairing.SQUARED_DISTANCE.at(q, k));
    }

    @Override
    public Pairing pairing() {
        return Pairing.SQUARED_DISTANCE;
    }

    @Override
    public Expression profile(Expression s) {
        return s.times(-RATE).exp();
    }

    @Override
    public Traits traits() {
        return Traits.none();
    }
}
