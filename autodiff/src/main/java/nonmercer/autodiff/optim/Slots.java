package nonmercer.autodiff.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.autodiff.NamedArrays;
import nonmercer.autodiff.Parameter;
import nonmercer.autodiff.ParameterTree;

/// What an optimiser remembers: some arrays for each parameter, in its shape, at first zero; and
/// the number of steps.
final class Slots {
    private static final String STEPS = "steps";

    private final ParameterTree model;
    private final String[] kinds;
    private final Map<Parameter, Array[]> slots = new LinkedHashMap<>();
    private int steps;

    /// One slot of each kind for each parameter.
    Slots(ParameterTree model, String... kinds) {
        this.model = model;
        this.kinds = kinds;
        for (Parameter p : model.all()) {
            Array[] mine = new Array[kinds.length];
            for (int i = 0; i < kinds.length; i++) {
                mine[i] = Array.zeros(p.value().dtype(), p.shape());
            }
            slots.put(p, mine);
        }
    }

    ParameterTree model() {
        return model;
    }

    /// The slots of a parameter, in the order of the kinds.
    Array[] of(Parameter p) {
        Array[] mine = slots.get(p);
        if (mine == null) {
            throw new IllegalArgumentException(
                    "a parameter of shape "
                            + p.shape()
                            + " does not belong to this optimiser's model");
        }
        return mine;
    }

    /// Counts a step; the first is 1.
    int next() {
        return ++steps;
    }

    Map<String, Array> state() {
        Map<String, Array> state = new LinkedHashMap<>();
        state.put(STEPS, Array.scalar(DType.FLOAT64, steps));
        live().forEach((name, a) -> state.put(name, a.copy()));
        return state;
    }

    void restore(Map<String, Array> state) {
        Map<String, Array> targets = live();
        Array count = Array.scalar(DType.FLOAT64, steps);
        targets.put(STEPS, count);
        NamedArrays.restore(state, targets, "optimiser");
        steps = (int) count.item();
    }

    private Map<String, Array> live() {
        Map<String, Array> live = new LinkedHashMap<>();
        model.forEach((name, p) -> {
            for (int i = 0; i < kinds.length; i++) {
                live.put(kinds[i] + "." + name, of(p)[i]);
            }
        });
        return live;
    }
}
