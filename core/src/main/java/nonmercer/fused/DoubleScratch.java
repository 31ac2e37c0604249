// twin: float
package nonmercer.fused;

import java.util.ArrayList;
import java.util.List;

/// Buffers of one thread, handed out in the order of the calls and taken back together: a call that
/// asks for what the one before it asked for allocates nothing.
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
            buffers.set(next, new double[elements]);
        }
        return buffers.get(next++);
    }
}
