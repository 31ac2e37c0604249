package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;

/// `y_ij = Σ_l 2 q_il k_jl/(q_il + k_jl)` over the coordinates where both are positive: `[…, m, d]
/// × […, n, d] → […, m, n]`; the axes outside must be equal.
///
/// `∂y/∂q = 2 (k/(q + k))²`, and 0 where one of the two is not positive.
public record HarmonicMeans() implements Paired {
    @Override
    public Pairing pairing() {
        return Pairing.HARMONIC;
    }

    @Override
    public Tensor slope(Tensor q, Tensor k) {
        Tensor zero = Tensor.of(Array.scalar(q.dtype(), 0));
        Tensor both =
                Paired.where(Binary.GREATER, q, zero).mul(Paired.where(Binary.GREATER, k, zero));
        return k.div(q.add(k).where(both.value(), 1)).square().scale(2).mul(both);
    }

    @Override
    public Tensor keySlope(Tensor q, Tensor k) {
        return slope(k, q);
    }

    /// A kink wherever a coordinate passes through 0.
    @Override
    public double distanceToKink(Array... in) {
        return Math.min(Pointwise.distanceToZero(in[0]), Pointwise.distanceToZero(in[1]));
    }

    static Specimen specimen(Draw draw) {
        return Paired.specimen(new HarmonicMeans(), draw, draw.extent());
    }
}
