package nonmercer.kernel;

/// `k(f(q), g(k))`: a kernel after a map of the queries and a map of the keys.
public record Warped(Kernel kernel, Warp queries, Warp keys) implements Kernel {
    @Override
    public double at(double[] q, double[] k) {
        return kernel.at(queries.at(q), keys.at(k));
    }

    /// Non-negativity always survives; symmetry and positive definiteness when both sides are
    /// mapped alike; stationarity when that one map is linear.
    @Override
    public Traits traits() {
        Traits inner = kernel.traits();
        Traits t = Traits.none();
        if (inner.of(Trait.NON_NEGATIVE) instanceof Evidence.Proved(String source)) {
            t = t.proved(Trait.NON_NEGATIVE, source);
        }
        if (queries.equals(keys)) {
            if (inner.of(Trait.SYMMETRIC) instanceof Evidence.Proved(String source)) {
                t = t.proved(Trait.SYMMETRIC, "both sides are mapped alike (" + source + ")");
            }
            if (inner.of(Trait.POSITIVE_DEFINITE) instanceof Evidence.Proved(String source)) {
                t =
                        t.proved(
                                Trait.POSITIVE_DEFINITE,
                                "Gram matrices of mapped points (" + source + ")");
            }
            if (queries.linear()
                    && inner.of(Trait.STATIONARY) instanceof Evidence.Proved(String source)) {
                t =
                        t.proved(
                                Trait.STATIONARY,
                                "a linear map takes shifts to shifts (" + source + ")");
            }
        }
        return t;
    }

    @Override
    public String formula() {
        return part(kernel.formula())
                + " at q = "
                + queries.print("q")
                + ", k = "
                + keys.print("k");
    }

    @Override
    public String name() {
        String map =
                queries.equals(keys)
                        ? queries.print("x")
                        : queries.print("q") + ", " + keys.print("k");
        return part(kernel.name()) + "∘(" + map + ")";
    }

    private String part(String inner) {
        return kernel instanceof Profile || kernel instanceof Featured ? inner : "(" + inner + ")";
    }
}
