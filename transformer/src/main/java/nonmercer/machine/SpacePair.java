package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.kernel.Evidence;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Featured;
import nonmercer.kernel.Kernel;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Warped;

/// A pair of reproducing kernel Banach spaces: functions of queries and functions of keys, with one
/// kernel between them (Wright & Gonzalez 2021, Definition 1).
///
/// The norm belongs to the pair, not to the kernel: many pairs share one kernel and learn
/// differently.
public record SpacePair(Space queries, Space keys) {
    /// Functions `⟨Φ(x), v⟩` with `‖v‖ₚ` and `⟨u, Ψ(y)⟩` with `‖u‖ₚ'`, `1/p + 1/p' = 1`: the map's
    /// query features are Φ, its key features Ψ.
    ///
    /// @throws IllegalArgumentException if the map's features of a point depend on other points
    public static SpacePair of(FeatureMap map, double p) {
        if (map.fitsData()) {
            throw new IllegalArgumentException(
                    "a function of a point needs features of that point alone, and "
                            + map
                            + " is fitted to all rows at once");
        }
        Lp norm = new Lp(p);
        return new SpacePair(
                new FeatureSpace(map, Side.QUERIES, norm),
                new FeatureSpace(map, Side.KEYS, norm.conjugate()));
    }

    /// The Hilbert spaces of a kernel that is proved positive definite, possibly after two maps:
    /// `κ(x, y) = k(f(x), g(y))` has the spaces of `k(f(x), f(x'))` and `k(g(y), g(y'))`.
    ///
    /// @throws IllegalArgumentException if the kernel has no proof: it then implies no norm
    public static SpacePair of(Kernel kernel) {
        if (kernel instanceof Featured f) {
            return of(f.features(), 2);
        }
        if (definite(kernel)) {
            return new SpacePair(
                    new HilbertSpace(kernel, kernel, Side.QUERIES),
                    new HilbertSpace(kernel, kernel, Side.KEYS));
        }
        if (kernel instanceof Warped w && definite(w.kernel())) {
            return new SpacePair(
                    new HilbertSpace(
                            w.kernel().warped(w.queries(), w.queries()), kernel, Side.QUERIES),
                    new HilbertSpace(w.kernel().warped(w.keys(), w.keys()), kernel, Side.KEYS));
        }
        throw new IllegalArgumentException(
                kernel.name()
                        + " is not proved positive definite"
                        + (kernel.traits().of(Trait.POSITIVE_DEFINITE) instanceof Evidence.Refuted r
                                ? " (it is refuted: " + r.reason() + ")"
                                : "")
                        + ", so it does not say which norm its functions have; give features, or take those of its"
                        + " singular vectors: SpacePair.of(kernel, x, y, p)");
    }

    private static boolean definite(Kernel kernel) {
        return kernel.traits().proved(Trait.POSITIVE_DEFINITE)
                && kernel.traits().proved(Trait.SYMMETRIC);
    }

    /// Any kernel, by the features that its singular vectors at these points give
    /// ([SingularFeatures]). One choice of many: the kernel does not imply it.
    public static SpacePair of(Kernel kernel, Array x, Array y, double p) {
        return of(SingularFeatures.of(kernel, x, y), p);
    }
}
