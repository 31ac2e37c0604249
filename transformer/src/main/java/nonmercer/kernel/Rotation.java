package nonmercer.kernel;

import java.util.List;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Each pair of coordinates `(x₀, x₁), (x₂, x₃), …` turned by an angle; a last one without a
/// partner stays. Radians.
public record Rotation(Coefficient angle) implements Warp {
    @Override
    public double[] at(double[] x) {
        double cos = Math.cos(angle.value(x.length));
        double sin = Math.sin(angle.value(x.length));
        double[] y = x.clone();
        for (int l = 0; l + 1 < x.length; l += 2) {
            y[l] = cos * x[l] - sin * x[l + 1];
            y[l + 1] = sin * x[l] + cos * x[l + 1];
        }
        return y;
    }

    @Override
    public Tensor of(Tensor x, Pass pass) {
        int d = x.dim(-1);
        int paired = d - d % 2;
        if (paired == 0) {
            return x;
        }
        Tensor pairs = x.slice(-1, 0, paired);
        Tensor halves = pairs.reshape(pairs.shape().without(-1).append(paired / 2, 2));
        Tensor first = halves.slice(-1, 0, 1);
        Tensor second = halves.slice(-1, 1, 2);
        Tensor turned = Tensor.concat(-1, List.of(second.neg(), first)).reshape(pairs.shape());
        Tensor y = times(pairs, true, d, pass).add(times(turned, false, d, pass));
        return paired == d ? y : Tensor.concat(-1, List.of(y, x.slice(-1, paired, d)));
    }

    private Tensor times(Tensor x, boolean cosine, int d, Pass pass) {
        if (angle instanceof Coefficient.Trained t) {
            Tensor a = t.tensor(pass);
            return x.mul(cosine ? a.cos() : a.sin());
        }
        double a = angle.value(d);
        return x.scale(cosine ? Math.cos(a) : Math.sin(a));
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public String print(String x) {
        return "R" + x;
    }
}
