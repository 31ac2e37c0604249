package nonmercer.kernel;

/// A kernel `k(q, k) = f(s)` with `s` a [Pairing] of query and key and `f` an [Expression].
///
/// Writing `at` by hand, the pairing and the expression is all: value, gradient, log form and fused
/// attention follow.
public non-sealed interface Profile extends Kernel {
    /// The pairing `s`.
    Pairing pairing();

    /// The profile `f(s)`.
    Expression profile(Expression s);

    @Override
    default String formula() {
        return profile(new Expression.Variable()).print(pairing().symbol());
    }
}
