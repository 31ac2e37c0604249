package nonmercer.proofs.kernel;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import nonmercer.kernel.Expression;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Candidate;

/// A kernel put together from parts that need not fit: what mutants are made of.
record Made(
        String name,
        Pairing pairing,
        UnaryOperator<Expression> shape,
        ToDoubleBiFunction<double[], double[]> value,
        Traits traits)
        implements Profile {
    /// A kernel by its profile, with these traits.
    static Made of(String name, Pairing pairing, UnaryOperator<Expression> shape, Traits traits) {
        Expression f = shape.apply(new Expression.Variable());
        return new Made(name, pairing, shape, (q, k) -> f.at(pairing.at(q, k), q.length), traits);
    }

    /// A kernel whose definition is this function of a query and a key, and whose profile is
    /// another kernel's.
    static Made of(
            String name,
            Profile other,
            Traits traits,
            ToDoubleBiFunction<double[], double[]> value) {
        return new Made(name, other.pairing(), other::profile, value, traits);
    }

    /// The given kernel, claiming these traits.
    static Kernel claiming(Profile kernel, Traits traits) {
        return new Made(kernel.name(), kernel.pairing(), kernel::profile, kernel::at, traits);
    }

    Candidate candidate() {
        return Candidate.of(name, this, List.of());
    }

    @Override
    public double at(double[] q, double[] k) {
        return value.applyAsDouble(q, k);
    }

    @Override
    public Expression profile(Expression s) {
        return shape.apply(s);
    }
}
