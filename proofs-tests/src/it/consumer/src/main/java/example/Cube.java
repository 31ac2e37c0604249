package example;

import nonmercer.lanes.Binary;
import nonmercer.array.Elementwise;
import nonmercer.array.Shape;
import nonmercer.lanes.Unary;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Forward;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Pullback;
import nonmercer.autodiff.Specimen;
import nonmercer.autodiff.Tensor;

/// `x³`, with the slope `slope x²`: an operation of one's own in one file. 3 is right.
public record Cube(double slope) implements Op {
    @Override
    public Shape shape(Shape... in) {
        return in[0];
    }

    @Override
    public void forward(Forward f) {
        Elementwise.unary(Unary.SQUARE, f.in(0), f.out());
        Elementwise.binary(Binary.MULTIPLY, f.out(), f.in(0), f.out());
    }

    @Override
    public Tensor[] pullback(Pullback p) {
        return new Tensor[] {p.gradient().mul(p.in(0).square().scale(slope))};
    }

    @Override
    public int keeps() {
        return FIRST;
    }

    static Specimen specimen(Draw draw) {
        return draw.of(new Cube(3), draw.normal(draw.shape(1, 2)));
    }
}
