package nonmercer.machine;

import java.util.Arrays;
import java.util.List;
import nonmercer.machine.DualNewton.Part;
import nonmercer.machine.DualNewton.Term;

/// What functions cost, measured at the functions themselves, and what that is above the least, at
/// most: their distance from the dual's value at variables α.
///
/// The distance is summed from Fenchel and Young's residuals, each at least 0. Where α is of no
/// use, a lower bound is what the losses cost where each has its least: `-Σ L*(z, 0)`, the dual's
/// value at 0.
///
/// @param objective losses and penalties
/// @param gap of the objective
record Certificate(double objective, double gap) {
    /// @param alpha any dual variables
    /// @param parts any functions
    static Certificate of(
            Loss loss,
            Penalty penalty,
            double[] z,
            List<Term> terms,
            double[] alpha,
            List<Part> parts) {
        boolean norms = penalty == Penalty.NORM;
        double shrink = norms ? shrink(terms, alpha) : 1;
        double[] t = predictions(terms, parts, z.length);
        double objective = 0;
        double gap = 0;
        double least = 0;
        for (int o = 0; o < z.length; o++) {
            objective += loss.value(z[o], t[o]);
            gap += loss.gap(z[o], t[o], -shrink * alpha[o]);
            least -= loss.conjugate(z[o], 0);
        }
        for (int k = 0; k < terms.size(); k++) {
            Term term = terms.get(k);
            double lambda = term.lambda();
            double f = parts.get(k).norm(term.trace());
            objective += norms ? lambda * f : lambda * f * f / 2;
            gap +=
                    norms
                            ? Math.max(0, lambda * f - shrink * product(term, alpha, parts.get(k)))
                            : lambda * distance(term, alpha, parts.get(k));
        }
        gap += rounding(loss, norms, z, terms, Dense.scaled(alpha, shrink), parts);
        return new Certificate(objective, bounded(gap, objective, least));
    }

    /// What the rounding of norms and values ([Trace#rounding]) can add: to the losses and their
    /// residuals, which are convex in the predictions, and to norms and products.
    private static double rounding(
            Loss loss,
            boolean norms,
            double[] z,
            List<Term> terms,
            double[] alpha,
            List<Part> parts) {
        double[] off = new double[z.length];
        double sum = 0;
        for (int k = 0; k < terms.size(); k++) {
            Term term = terms.get(k);
            Part f = parts.get(k);
            if (f.v() == null) {
                double[] values = new double[f.c().length];
                sum += rounding(norms, term, alpha, f, values);
                for (int o = 0; o < off.length; o++) {
                    off[o] += Math.abs(term.weight()[o]) * values[term.point()[o]];
                }
            }
        }
        double[] t = predictions(terms, parts, z.length);
        for (int o = 0; o < off.length; o++) {
            double s = -alpha[o];
            if (off[o] == 0) {
                continue;
            }
            double here = loss.value(z[o], t[o]) + loss.gap(z[o], t[o], s);
            for (double there : new double[] {t[o] - off[o], t[o] + off[o]}) {
                double more = loss.value(z[o], there) + loss.gap(z[o], there, s) - here;
                sum += Math.max(0, more);
            }
        }
        return sum;
    }

    /// Of one function's norm and its product with the section; writes that of its values.
    private static double rounding(
            boolean norms, Term term, double[] alpha, Part f, double[] values) {
        Trace trace = term.trace();
        double lambda = term.lambda();
        double energies = trace.rounding(f.c(), values);
        double[] h = term.gathered(alpha, 1 / lambda);
        double product = 0;
        for (int i = 0; i < values.length; i++) {
            product += lambda * Math.abs(h[i]) * values[i];
        }
        double[] none = new double[values.length];
        if (norms) {
            double energy = trace.energy(f.c(), none);
            double most = Math.sqrt(2 * (energy + energies));
            return product + 2 * lambda * (most - Math.sqrt(2 * Math.max(0, energy - energies)));
        }
        return Arrays.equals(f.c(), h)
                ? 2 * lambda * energies
                : product + lambda * (2 * energies + trace.rounding(h, none));
    }

    /// A gap, or that to a lower bound of the objective where it is smaller.
    private static double bounded(double gap, double objective, double least) {
        double above = Math.max(0, objective - least);
        return gap <= above ? Math.max(0, gap) : above;
    }

    /// `tₒ`.
    static double[] predictions(List<Term> terms, List<Part> parts, int responses) {
        double[] t = new double[responses];
        for (int k = 0; k < terms.size(); k++) {
            terms.get(k).add(parts.get(k).values(terms.get(k).trace()), t);
        }
        return t;
    }

    /// The dual of `λ‖·‖` demands `‖Σ w α κ‖ ≤ λ`: what α is to be multiplied with.
    private static double shrink(List<Term> terms, double[] alpha) {
        double shrink = 1;
        for (Term term : terms) {
            shrink = Math.min(shrink, term.lambda() / norm(term, alpha));
        }
        return shrink;
    }

    /// `‖Σ w α κ‖` in the dual space, or a little more: what rounding can hide. Where α has large
    /// parts that cancel, that is all there is.
    static double norm(Term term, double[] alpha) {
        double[] c = term.gathered(alpha, 1);
        Trace trace = term.trace();
        if (trace.features().isPresent()) {
            return trace.norm().conjugate().norm(section(term, c));
        }
        if (trace.norm().p() != 2) {
            double[] values = new double[c.length];
            return Math.sqrt(2 * (trace.energy(c, values) + trace.rounding(c, values)));
        }
        double[] h = Compensated.transposedTimes(trace.gram(), c);
        double square = 0;
        double size = 0;
        double[] k = trace.gram().toDoubles();
        for (int i = 0; i < c.length; i++) {
            square += c[i] * h[i];
            for (int j = 0; j < c.length; j++) {
                size += Math.abs(c[i] * k[i * c.length + j] * c[j]);
            }
        }
        return Math.sqrt(Math.max(0, square) + 0x1p-52 * size);
    }

    /// `⟨f, Σ w α κ⟩`.
    private static double product(Term term, double[] alpha, Part f) {
        double[] c = term.gathered(alpha, 1);
        return f.v() == null
                ? Dense.dot(c, f.values(term.trace()))
                : Dense.dot(f.v(), section(term, c));
    }

    private static double[] section(Term term, double[] c) {
        return Compensated.transposedTimes(term.trace().features().orElseThrow(), c);
    }

    /// `½‖f‖² + ½‖h‖² - ⟨f, h⟩` with `h = Σ w α κ/λ`: zero where f is made of h.
    private static double distance(Term term, double[] alpha, Part f) {
        Trace trace = term.trace();
        double[] c = term.gathered(alpha, 1 / term.lambda());
        if (f.v() == null && Arrays.equals(f.c(), c)) {
            return 0;
        }
        double[] values = new double[c.length];
        if (f.v() == null && trace.norm().p() == 2) {
            return Math.max(0, trace.energy(Dense.sum(f.c(), -1, c), values));
        }
        double norm = f.norm(trace);
        if (f.v() == null) {
            double energies = norm * norm / 2 + trace.energy(c, values);
            return Math.max(0, energies - Dense.dot(c, f.values(trace)));
        }
        double[] h = section(term, c);
        double dual = trace.norm().conjugate().norm(h);
        return Math.max(0, norm * norm / 2 + dual * dual / 2 - Dense.dot(f.v(), h));
    }
}
