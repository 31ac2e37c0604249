// twin: float
package nonmercer.fused;

import java.util.ArrayList;
import java.util.List;

/// Buffers of one thread, handed out in the order of the calls and taken back together: a call that
/// asks for what the one before it asked for allocates nothing, and calls that ask for a little
/// more each time, as one does for each token that is read, allocate in proportion to what they ask
/// for in the end.
final class DoubleScratch {
    private final List<double[]> buffers = new ArrayList<>();
    private int next;

    /// Takes every buffer back.
    void reset() {
        next = 0;
    }

    /// A buffer of at least so many elements, with any contents.
    double[] take(int elements) {
        if (next == buffers.size()) {
            buffers.add(new double[elements]);
        } else if (buffers.get(next).length < elements) {
            int more = buffers.get(next).length / 2;
            buffers.set(next, new double[Math.max(elements, buffers.get(next).length + more)]);
        }
        return buffers.get(next++);
    }
}
