package nonmercer.autodiff;

import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.Elementwise;

/// Writing saved arrays back by name: into a model, into an optimiser.
public final class NamedArrays {
    private NamedArrays() {}

    /// Overwrites each target with the saved array of its name; names, shapes and types must be
    /// exactly the same.
    ///
    /// @param owner what the targets belong to, for the message: "model"
    /// @throws IllegalArgumentException naming the first array that is missing, left over, or of
    ///   another shape or type; nothing is written then
    public static void restore(Map<String, Array> saved, Map<String, Array> targets, String owner) {
        for (String name : saved.keySet()) {
            if (!targets.containsKey(name)) {
                throw new IllegalArgumentException(
                        "the saved arrays hold '"
                                + name
                                + "', which this "
                                + owner
                                + " does not have");
            }
        }
        targets.forEach((name, target) -> {
            Array source = find(saved, name, target);
            if (!source.shape().equals(target.shape()) || source.dtype() != target.dtype()) {
                throw new IllegalArgumentException(
                        "'"
                                + name
                                + "' is "
                                + target.dtype()
                                + " "
                                + target.shape()
                                + " in this "
                                + owner
                                + ", but "
                                + source.dtype()
                                + " "
                                + source.shape()
                                + " in the saved arrays");
            }
        });
        targets.forEach((name, target) -> Elementwise.copy(find(saved, name, target), target));
    }

    private static Array find(Map<String, Array> saved, String name, Array target) {
        Array source = saved.get(name);
        if (source == null) {
            throw new IllegalArgumentException(
                    "the saved arrays lack '" + name + "' " + target.shape());
        }
        return source;
    }
}
