package nonmercer.proofs;

import java.util.List;
import java.util.Optional;

/// A theorem as a class. Its name is the conclusion; read from top to bottom it is a page of a
/// paper that runs.
///
/// A claim holds of a subject when no case gives a statistic above the bound of the tolerance. It
/// has teeth when each of its mutants, wrong subjects, is refuted; a claim that lets a mutant live
/// is refuted itself.
///
/// @param <S> the code the claim is about
/// @param <C> one case
public interface Claim<S, C> {
    /// The statistic of a case that says nothing of a subject: it is not counted, and a claim three
    /// quarters of whose cases are silent is vacuous.
    double SILENT = Double.NEGATIVE_INFINITY;

    /// A short, unique name of the statement, such as `C9a`: a letter for the text it comes from,
    /// and its number there.
    String id();

    /// The statement with its quantifiers.
    String statement();

    /// Where it is proved.
    Source source();

    /// What is assumed of the code, of the cases and of the arithmetic, beyond the quantifiers of
    /// the statement: what a reader must grant before the verdict says anything.
    String assumes();

    /// How its cases are judged.
    Kind kind();

    /// The code it must hold of.
    List<Subject<S>> subjects();

    /// The cases for a subject, with the classes of case that must occur.
    Cases<C> cases(S subject);

    /// One number that the statement says is small: at most the tolerance's bound.
    double statistic(S subject, C c);

    /// How large the statistic may be, and why.
    Tolerance<S, C> tolerance();

    /// Wrong subjects; at least one.
    List<Mutant<S>> mutants();

    /// The probability, at most, that a run with a fresh seed refutes a true claim: 0 where the
    /// bound holds for every case. A claim of another [Kind] states it; the fixed seed makes it a
    /// matter of the search for more cases only, never of a build.
    default double falseAlarm() {
        return 0;
    }

    /// What a verdict rests on. A claim that draws samples says [Evidence#BUDGETED] and charges
    /// [#falseAlarm] where its bound is a theorem for so many samples; by default only what
    /// fluctuates or lies in general position is pinned.
    default Evidence evidence() {
        return switch (kind()) {
            case EXACT, NUMERICAL -> Evidence.EXACT;
            case GENERIC, STATISTICAL -> Evidence.PINNED;
        };
    }

    /// The statement that is in print or in circulation, where it is wrong and this claim asserts
    /// what is right, or the negation.
    default Optional<Printed<?>> printed() {
        return Optional.empty();
    }

    /// Whether the statement is the one in print: false where [#printed] holds another.
    default boolean printedStatement() {
        return printed().isEmpty();
    }

    /// How long a judgement takes: what takes minutes only the thorough profile of the [Ledger]
    /// judges.
    default Cost cost() {
        return Cost.MOMENT;
    }

    /// A picture of what the statement says, made with this code: a rate, a spectrum, an error
    /// against its bound. The ledger shows it for the code and, beside it, for a mutant.
    default Optional<Picture> picture(S code) {
        return Optional.empty();
    }

    /// The class's name: the conclusion.
    default String name() {
        return getClass().getSimpleName();
    }
}
