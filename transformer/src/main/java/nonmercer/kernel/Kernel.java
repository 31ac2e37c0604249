package nonmercer.kernel;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.autodiff.ParameterTree;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;

/// A function `k(q, k)` of a query and a key: an attention kernel as an object.
///
/// Sealed over shapes, open over kernels: a kernel is a [Profile] (a pairing and a scalar function
/// of it), a [Featured] (an explicit finite feature map), a [Composed] (a name for something made
/// by the algebra), or a value of the algebra. Its two domains may differ; nothing assumes
/// symmetry.
public sealed interface Kernel
        permits Profile, Featured, Composed, Sum, Product, Scaled, Warped, Applied, Normalised {
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

    /// What the kernel is, in one line; empty where nobody said.
    default String about() {
        return "";
    }

    /// The work that it comes from; empty where nobody said.
    default String source() {
        return "";
    }

    /// Features `φ, ψ` with `k(q, k) = ⟨φ(q), ψ(k)⟩`, where the kernel has finitely many and they
    /// are known.
    default Optional<FeatureMap> featureMap() {
        return Optional.empty();
    }

    /// The kernels that this one is made of: what an operation of the algebra was applied to, the
    /// definition of a composed one; none of a profile or of features.
    default List<Kernel> operands() {
        return switch (this) {
            case Profile p -> List.of();
            case Featured f -> List.of();
            case Composed c -> List.of(c.definition());
            case Sum(List<Kernel> terms) -> terms;
            case Product(List<Kernel> factors) -> factors;
            case Scaled s -> List.of(s.kernel());
            case Warped w -> List.of(w.kernel());
            case Applied a -> List.of(a.kernel());
            case Normalised n -> List.of(n.kernel());
        };
    }

    /// What this kernel trains, each under the path of component names that leads to it.
    default List<String> parameters() {
        return List.copyOf(ParameterTree.found(this).keySet());
    }

    /// `K[i, j] = k(xᵢ, yⱼ)`: `[…, n, d] × […, m, d] → […, n, m]`, in tiles, in the element type of
    /// the points.
    default Array gram(Array x, Array y) {
        return Gram.tiled(this, Tensor.of(x), Tensor.of(y), Pass.evaluation());
    }

    /// The same, differentiable in the points and the kernel's parameters where they are recorded,
    /// then through arrays of all pairs.
    default Tensor gram(Tensor x, Tensor y, Pass pass) {
        return Gram.automatic(this, x, y, pass);
    }

    // --- the algebra ---

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
        return Scaled.of(Coefficient.of(c), this);
    }

    /// `c · this`, `c` a coefficient, perhaps trained.
    default Kernel scaled(Coefficient c) {
        return Scaled.of(c, this);
    }

    /// `f(k(q, k))`, with `s` in `f` the value of this kernel.
    default Kernel applied(Expression f) {
        return Applied.of(f, this);
    }

    /// `k(q, k)ᵖ`. For a whole `p ≥ 1` every kernel has one, and a positive definite one keeps that
    /// (Schur). Any other `p` needs a kernel that is proved non-negative, and what is positive
    /// definite stays so for every `p > 0` only if it is infinitely divisible.
    ///
    /// @throws IllegalArgumentException if this kernel may be negative and `p` is not whole, or not
    ///   positive
    default Kernel power(double p) {
        return Applied.power(this, p);
    }

    /// `exp(k(q, k))`: positive definite if `k` is, or is conditionally.
    default Kernel exponential() {
        return applied(new Expression.Variable().exp());
    }

    /// `exp(-t ψ(q, k))`: positive definite for all `t > 0` if and only if `ψ` is conditionally
    /// negative definite (Schoenberg 1938).
    default Kernel decay(Coefficient t) {
        return applied(new Expression.Variable().times(t).negated().exp());
    }

    /// `exp(-t ψ(q, k))`.
    default Kernel decay(double t) {
        return decay(Coefficient.of(t));
    }

    /// `k(x, y)/√(k(x, x) k(y, y))`, 0 where that divides by 0.
    default Kernel normalised() {
        return Normalised.of(this);
    }

    /// `k(q/ℓ, k/ℓ)`.
    default Kernel lengthscale(double length) {
        return warped(new Warp.Stretch(Coefficient.of(1 / length)));
    }

    /// `k` of the coordinates `from … to-1`; what is not positive, in `to`, or negative, in `from`,
    /// counts from the end.
    default Kernel coordinates(int from, int to) {
        return warped(new Warp.Coordinates(from, to));
    }

    /// `k(x₁, y₁) · other(x₂, y₂)` with `x₁` the first `split` coordinates of `x`, or all but the
    /// last `-split`, and `x₂` the others.
    default Kernel tensor(Kernel other, int split) {
        return coordinates(0, split).times(other.coordinates(split, 0));
    }

    /// `k(f(q), f(k))`.
    default Kernel warped(Warp f) {
        return warped(f, f);
    }

    /// `k(f(q), g(k))`: two towers.
    default Kernel warped(Warp queries, Warp keys) {
        return Warped.of(this, queries, keys);
    }
}
