package nonmercer.machine;

import java.util.stream.IntStream;

/// `min ½|z - Φ v|² + λ‖v‖₁` by its active set, from any start: a finite method, whatever λ is.
///
/// With the atoms in use A and their signs θ the minimum over their span is `v = R⁻¹(Qᵀ z - λ R⁻ᵀ
/// θ)`. A step goes there, or as far as the first atom's weight vanishes; at such a minimum the
/// atom with the largest `|φᵀr| > λ` enters. Every step lowers the objective, so no set returns. An
/// atom that depends on those in use takes weight from them, the prediction unchanged, until one
/// leaves: so the atoms in use are always independent. Source: Osborne, Presnell & Turlach 2000;
/// Lee, Battle, Raina & Ng 2007 (feature-sign search).
final class ActiveSet {
    private static final int MOST_STEPS = 20_000;
    private static final double EXCESS = 1e-12; // of λ

    private final double[] columns; // [D, n]
    private final double[] z;
    private final double lambda;
    private final double[] v;
    private double[] residual;
    private int steps;

    ActiveSet(double[] columns, double[] z, double lambda, double[] start) {
        this.columns = columns;
        this.z = z;
        this.lambda = lambda;
        this.v = start.clone();
        this.residual = z.clone();
    }

    /// The weights.
    double[] weights() {
        return v.clone();
    }

    /// `z - Φ v` at the minimum over the atoms in use, from their factors: to rounding of itself,
    /// not of z.
    double[] residual() {
        return residual.clone();
    }

    int steps() {
        return steps;
    }

    ActiveSet run() {
        int entering = -1;
        double sign = 0;
        while (steps < MOST_STEPS) {
            steps++;
            IndependentAtoms atoms = thinned();
            if (entering >= 0 && !atoms.add(entering)) {
                if (!trade(atoms, entering, sign)) {
                    return this;
                }
                entering = -1;
                continue;
            }
            if (move(atoms, entering, sign)) {
                entering = worst();
                if (entering < 0) {
                    return this;
                }
                sign = Math.signum(product(entering, residual));
            } else if (entering >= 0 && v[entering] == 0) {
                return this; // only rounding was left to gain
            } else {
                entering = -1;
            }
        }
        return this;
    }

    private double product(int atom, double[] r) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            sum += columns[atom * z.length + i] * r[i];
        }
        return sum;
    }

    /// The atoms in use, once those that depend on others have been traded away.
    private IndependentAtoms thinned() {
        IndependentAtoms atoms = new IndependentAtoms(columns, z.length);
        for (int atom : used(v)) {
            while (v[atom] != 0 && !atoms.add(atom)) {
                atoms = traded(atoms, atom);
            }
        }
        return atoms;
    }

    private static int[] used(double[] v) {
        return IntStream.range(0, v.length).filter(a -> v[a] != 0).toArray();
    }

    /// Weight goes between an atom and those it depends on, such that the norm does not grow, until
    /// one is used no more: what is left of the others.
    private IndependentAtoms traded(IndependentAtoms atoms, int atom) {
        double[] w = atoms.weights(atom);
        double sign = Math.signum(v[atom]);
        double growth = 1; // of the norm, with the weight of this atom
        for (int k = 0; k < w.length; k++) {
            growth -= sign * Math.signum(v[atoms.atom(k)]) * w[k];
        }
        trade(atoms, atom, growth > 0 ? -sign : sign);
        IndependentAtoms left = new IndependentAtoms(columns, z.length);
        for (int k = 0; k < atoms.size(); k++) {
            if (v[atoms.atom(k)] != 0) {
                left.add(atoms.atom(k));
            }
        }
        return left;
    }

    /// Moves an atom's weight in the direction of a sign, and against it those of the atoms it
    /// depends on, until the first of all weights vanishes; false where none ever does.
    private boolean trade(IndependentAtoms atoms, int atom, double sign) {
        double[] w = atoms.weights(atom);
        double step = v[atom] * sign < 0 ? Math.abs(v[atom]) : Double.POSITIVE_INFINITY;
        int out = atom;
        for (int k = 0; k < w.length; k++) {
            double weight = v[atoms.atom(k)];
            double by = -sign * w[k];
            if (weight * by < 0 && -weight / by < step) {
                step = -weight / by;
                out = atoms.atom(k);
            }
        }
        if (Double.isInfinite(step)) {
            return false;
        }
        v[atom] += sign * step;
        for (int k = 0; k < w.length; k++) {
            v[atoms.atom(k)] -= sign * step * w[k];
        }
        v[out] = 0;
        return true;
    }

    /// Whether the minimum over these atoms was reached with all signs as they are.
    private boolean move(IndependentAtoms atoms, int entering, double sign) {
        double[] theta = new double[atoms.size()];
        for (int k = 0; k < theta.length; k++) {
            int a = atoms.atom(k);
            theta[k] = a == entering ? sign : Math.signum(v[a]);
        }
        double[] left = z.clone();
        double[] along = atoms.removed(left);
        double[] pull = Dense.scaled(atoms.solvedTransposed(theta), lambda);
        double[] to = atoms.solved(Dense.sum(along, -1, pull));
        double rate = 1;
        int out = -1;
        for (int k = 0; k < to.length; k++) {
            int a = atoms.atom(k);
            if (a == entering && to[k] * sign <= 0) {
                return false;
            }
            if (to[k] * theta[k] <= 0 && v[a] / (v[a] - to[k]) <= rate) {
                rate = v[a] / (v[a] - to[k]);
                out = a;
            }
        }
        for (int k = 0; k < to.length; k++) {
            int a = atoms.atom(k);
            v[a] = out < 0 ? to[k] : v[a] + rate * (to[k] - v[a]);
        }
        if (out >= 0) {
            v[out] = 0;
            return false;
        }
        residual = Dense.sum(left, 1, atoms.spanned(pull));
        return true;
    }

    /// The atom not in use that the residual pulls at most, or -1 if it pulls at none by more than
    /// λ and what its product with the residual may round by.
    private int worst() {
        int worst = -1;
        double most = lambda * (1 + EXCESS);
        for (int a = 0; a < v.length; a++) {
            double pull = v[a] == 0 ? Math.abs(product(a, residual)) : 0;
            if (pull > most && pull > lambda + rounding(columns, a, residual)) {
                most = pull;
                worst = a;
            }
        }
        return worst;
    }

    /// What the product of an atom with a vector rounds by: `n 2⁻⁵³ |φ| |r|`, and as much again for
    /// each of the two projections that made the vector, and for its scaling.
    static double rounding(double[] columns, int atom, double[] r) {
        int n = r.length;
        double square = 0;
        for (int i = 0; i < n; i++) {
            square += columns[atom * n + i] * columns[atom * n + i];
        }
        return 4 * n * 0x1p-53 * Math.sqrt(square) * Math.sqrt(Dense.dot(r, r));
    }
}
