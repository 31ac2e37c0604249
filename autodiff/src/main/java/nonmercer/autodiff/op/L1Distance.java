package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;

/// `y_ij = Σ_l |q_il - k_jl|`: `[…, m, d] × […, n, d] → […, m, n]`; the axes outside must be equal.
///
/// The gradient of a coordinate is `±ȳ`, 0 at a tie.
public record L1Distance() implements Paired {
    @Override
    public Pairing pairing() {
        return Pairing.L1_DISTANCE;
    }

    @Override
    public Tensor slope(Tensor q, Tensor k) {
        return Paired.where(Binary.GREATER, q, k).sub(Paired.where(Binary.LESS, q, k));
    }

    @Override
    public double distanceToKink(Array... in) {
        return Paired.distanceToTie(in[0], in[1]);
    }

    static Specimen specimen(Draw draw) {
        return Paired.specimen(new L1Distance(), draw, draw.extent());
    }
}
