package nonmercer.autodiff.op;

import nonmercer.array.Array;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;
import nonmercer.lanes.Binary;
import nonmercer.lanes.Pairing;

/// `y_ij = Σ_l min(q_il, k_jl)`: `[…, m, d] × […, n, d] → […, m, n]`; the axes outside must be
/// equal. The histogram intersection of the rows.
///
/// A coordinate's gradient goes to the smaller of the two, half to each at a tie.
public record SumOfMinima() implements Paired {
    @Override
    public Pairing pairing() {
        return Pairing.SUM_OF_MINIMA;
    }

    @Override
    public Tensor slope(Tensor q, Tensor k) {
        return Paired.where(Binary.LESS, q, k)
                .add(Paired.where(Binary.LESS_EQUAL, q, k))
                .scale(0.5);
    }

    @Override
    public Tensor keySlope(Tensor q, Tensor k) {
        return slope(k, q);
    }

    @Override
    public double distanceToKink(Array... in) {
        return Paired.distanceToTie(in[0], in[1]);
    }

    static Specimen specimen(Draw draw) {
        return Paired.specimen(new SumOfMinima(), draw, draw.extent());
    }
}
