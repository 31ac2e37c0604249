package nonmercer.lanes;

import jdk.incubator.vector.VectorShape;

/// The CPU's own width. Loaded only when the Vector API's module is there.
final class PreferredWidth {
    private PreferredWidth() {}

    static int bits() {
        return VectorShape.preferredShape().vectorBitSize();
    }
}
