package nonmercer.autodiff;

import java.util.ArrayList;
import java.util.List;

/// Finds where the path from a recorded value to the loss ends, for the message of a missing
/// gradient.
final class Cut {
    private Cut() {}

    /// A sentence, with a space before it: the last results computed from `from` that nothing on
    /// the tape uses.
    static String of(Node from, List<Node> nodes, Node loss) {
        boolean[] reached = new boolean[nodes.size()];
        boolean[] used = new boolean[nodes.size()];
        reached[from.index()] = true;
        for (int i = from.index() + 1; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            for (int j = 0; j < node.parentCount(); j++) {
                Node parent = node.parent(j);
                if (parent != null && reached[parent.index()]) {
                    reached[i] = true;
                    used[parent.index()] = true;
                }
            }
        }
        if (reached[loss.index()]) {
            return " Every path from it to the loss passes an operation whose derivative is zero everywhere.";
        }
        List<String> ends = new ArrayList<>();
        for (int i = from.index(); i < nodes.size() && ends.size() < 3; i++) {
            if (reached[i] && !used[i]) {
                ends.add(nodes.get(i).toString());
            }
        }
        return " What was computed from it ends at "
                + String.join(" and ", ends)
                + ", which no recorded operation uses: was it detached or copied out of the tape there?";
    }
}
