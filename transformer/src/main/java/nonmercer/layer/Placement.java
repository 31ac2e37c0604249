package nonmercer.layer;

import java.util.function.UnaryOperator;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// Where a block normalises.
public enum Placement {
    /// `x + f(norm(x))`: trains without warm-up (Xiong et al. 2020).
    PRE {
        @Override
        Tensor residual(Tensor x, Norm norm, UnaryOperator<Tensor> f, double dropout, Pass pass) {
            return x.add(pass.dropout(f.apply(norm.apply(x, pass)), dropout));
        }
    },
    /// `norm(x + f(x))`: the Transformer as published (Vaswani et al. 2017).
    POST {
        @Override
        Tensor residual(Tensor x, Norm norm, UnaryOperator<Tensor> f, double dropout, Pass pass) {
            return norm.apply(x.add(pass.dropout(f.apply(x), dropout)), pass);
        }
    };

    abstract Tensor residual(
            Tensor x, Norm norm, UnaryOperator<Tensor> f, double dropout, Pass pass);
}
