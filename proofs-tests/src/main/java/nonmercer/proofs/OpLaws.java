package nonmercer.proofs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nonmercer.autodiff.Draw;
import nonmercer.autodiff.Op;
import nonmercer.autodiff.Specimen;

/// The laws every operation must keep, for one of one's own: see [Laws#of(Op)].
public final class OpLaws {
    private final String name;
    private final Function<Draw, Specimen> uses;
    private final Runner runner;

    private OpLaws(String name, Function<Draw, Specimen> uses, Runner runner) {
        this.name = name;
        this.uses = uses;
        this.runner = runner;
    }

    static OpLaws of(String name, Function<Draw, Specimen> uses) {
        return new OpLaws(name, uses, Runner.fixed());
    }

    /// The uses that an operation's `static Specimen specimen(Draw)` draws.
    static Function<Draw, Specimen> own(Op op) {
        for (Method m : op.getClass().getDeclaredMethods()) {
            if (m.getName().equals("specimen")
                    && Modifier.isStatic(m.getModifiers())
                    && m.getReturnType() == Specimen.class) {
                m.setAccessible(true);
                return draw -> drawn(m, draw);
            }
        }
        throw new IllegalArgumentException(
                op.name()
                        + " has no method `static Specimen specimen(Draw draw)`, one random, valid use of it; give it"
                        + " one, or say how: Laws.of(op, draw -> draw.of(op, draw.normal(draw.shape(1, 3))))");
    }

    private static Specimen drawn(Method method, Draw draw) {
        try {
            return (Specimen) method.invoke(null, draw);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    /// These laws with cases from another seed.
    public OpLaws seed(long seed) {
        return new OpLaws(name, uses, Runner.seeded(seed));
    }

    /// What each law finds of the operation.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Claim<?, ?> claim : Catalogue.claims()) {
            if (claim instanceof OpLaw<?> law) {
                findings.add(runner.judge(law, Subject.of(name, uses)));
            }
        }
        return findings;
    }

    /// Does nothing if every law holds.
    ///
    /// @throws AssertionError with statement, source, case and seed of each law that does not
    public void assertHold() {
        Laws.assertHold(name, "operations", findings());
    }
}
