package nonmercer.kernel;

import java.util.List;

/// A function `k(q, k)` of a query and a key: an attention kernel as an object.
///
/// Sealed over shapes, open over kernels: a kernel is a [Profile] (a pairing and a scalar function
/// of it), a [Featured] (an explicit finite feature map), or a value of the algebra. Its two
/// domains may differ; nothing assumes symmetry.
public sealed interface Kernel permits Profile, Featured, Sum, Product, Scaled, Warped {
    /// The definition, in float64, by the formula. Everything else must agree with it.
    double at(double[] q, double[] k);

    /// What is known of this kernel, with a proof or a counter-example behind each word.
    Traits traits();

    /// The formula, such as `exp(q·k/√d)`.
    String formula();

    /// The name: the class of a catalogue kernel, the formula of a composed one.
    default String name() {
        return getClass().getSimpleName();
    }

    /// `this + other`.
    default Kernel plus(Kernel other) {
        return Sum.of(List.of(this, other));
    }

    /// `this · other`.
    default Kernel times(Kernel other) {
        return Product.of(List.of(this, other));
    }

    /// `c · this`, `c > 0`.
    default Kernel scaled(double c) {
        return c == 1 ? this : new Scaled(Coefficient.of(c), this);
    }

    /// `k(q/ℓ, k/ℓ)`.
    default Kernel lengthscale(double length) {
        return warped(new Warp.Stretch(Coefficient.of(1 / length)));
    }

    /// `k(f(q), f(k))`.
    default Kernel warped(Warp f) {
        return warped(f, f);
    }

    /// `k(f(q), g(k))`: two towers.
    default Kernel warped(Warp queries, Warp keys) {
        boolean nothing = queries instanceof Warp.Identity && keys instanceof Warp.Identity;
        return nothing ? this : new Warped(this, queries, keys);
    }
}
