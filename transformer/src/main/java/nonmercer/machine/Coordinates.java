package nonmercer.machine;

import java.util.List;
import java.util.Optional;
import nonmercer.array.Array;
import nonmercer.array.Shape;
import nonmercer.linalg.Decompositions;
import nonmercer.linalg.SymmetricEigen;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Term;

/// A Hilbert space at its points, with as many features as its kernel has eigenvalues above
/// rounding: `K = U D Uᵀ`, `Φ = U √D`, so that `f = K c` is `Φ v` with `v = √D Uᵀ c` and `‖f‖ =
/// |v|`.
///
/// The coordinates are as good as orthogonal, while the coefficients c of a nearly singular K may
/// be large and cancel: what needs features, or many digits, is solved here.
final class Coordinates implements Trace {
    private static final long MOST = 50_000_000; // a factorisation's products

    private final Trace trace;
    private final Array features; // [n, r]
    private final Array inverse; // U D^-½, [n, r]

    private Coordinates(Trace trace, double smallest) {
        this.trace = trace;
        int n = trace.size();
        SymmetricEigen e = Decompositions.symmetricEigen(trace.gram());
        double least = smallest * Math.max(0, e.values().at(n - 1));
        int r = 0;
        while (r < n && e.values().at(n - 1 - r) > least) {
            r++;
        }
        int width = Math.max(1, r); // one feature that is 0 where the kernel is
        double[] features = new double[n * width];
        double[] inverse = new double[n * width];
        for (int k = 0; k < r; k++) {
            double root = Math.sqrt(e.values().at(n - 1 - k));
            for (int i = 0; i < n; i++) {
                double u = e.vectors().get(i, n - 1 - k);
                features[i * width + k] = u * root;
                inverse[i * width + k] = u / root;
            }
        }
        this.features = Array.of(Shape.of(n, width), features);
        this.inverse = Array.of(Shape.of(n, width), inverse);
    }

    /// Whether some function has no features yet and all can have them.
    static boolean takes(List<Term> terms) {
        long columns = 0;
        for (Term t : terms) {
            if (t.trace().features().isEmpty() && t.trace().norm().p() != 2) {
                return false;
            }
            columns += t.trace().features().map(f -> f.dim(1)).orElse(t.trace().size());
        }
        long rows = columns + (terms.isEmpty() ? 0 : terms.getFirst().point().length);
        return !PathFollowing.takes(terms) && rows * columns * columns <= MOST;
    }

    /// The same problem in coordinates.
    ///
    /// @param smallest eigenvalue that counts, of the largest
    static List<Term> of(List<Term> terms, double smallest) {
        return terms.stream().map(t -> of(t, smallest)).toList();
    }

    private static Term of(Term t, double smallest) {
        Trace trace = t.trace();
        return trace.features().isPresent()
                ? t
                : new Term(new Coordinates(trace, smallest), t.lambda(), t.point(), t.weight());
    }

    /// A function by the coefficients of its kernel.
    static Part back(Term term, Part part) {
        return part.v() != null && term.trace() instanceof Coordinates c
                ? new Part(Dense.times(c.inverse, part.v()), null)
                : part;
    }

    @Override
    public int size() {
        return trace.size();
    }

    @Override
    public double energy(double[] c, double[] values) {
        double[] v = Dense.transposedTimes(features, c);
        double[] f = Dense.times(features, v);
        System.arraycopy(f, 0, values, 0, f.length);
        return Dense.dot(v, v) / 2;
    }

    @Override
    public Array curvature(double[] c) {
        return gram();
    }

    @Override
    public Array gram() {
        return Dense.timesTransposed(features, features);
    }

    @Override
    public Optional<Array> features() {
        return Optional.of(features);
    }

    @Override
    public Lp norm() {
        return Lp.hilbert();
    }

    @Override
    public double[] extend(double[] c, Array points) {
        return trace.extend(c, points);
    }
}
