package nonmercer.proofs.broken;

import java.util.List;
import nonmercer.proofs.Cases;
import nonmercer.proofs.Claim;
import nonmercer.proofs.Kind;
import nonmercer.proofs.Mutant;
import nonmercer.proofs.Source;
import nonmercer.proofs.Subject;
import nonmercer.proofs.Tolerance;

/// A claim about strings that is well made but for what its classes get wrong.
public interface Always extends Claim<String, Integer> {
    @Override
    default String statement() {
        return "for all strings: they are empty";
    }

    @Override
    default Source source() {
        return Source.of("folklore", "nowhere");
    }

    @Override
    default String assumes() {
        return "nothing";
    }

    @Override
    default Kind kind() {
        return Kind.EXACT;
    }

    @Override
    default List<Subject<String>> subjects() {
        return List.of(Subject.of("empty", ""));
    }

    @Override
    default Cases<Integer> cases(String subject) {
        return Cases.all(1);
    }

    @Override
    default double statistic(String subject, Integer c) {
        return subject.length();
    }

    @Override
    default Tolerance<String, Integer> tolerance() {
        return Tolerance.exact();
    }

    @Override
    default List<Mutant<String>> mutants() {
        return List.of(Mutant.of("a letter", "folklore", "a"));
    }
}
