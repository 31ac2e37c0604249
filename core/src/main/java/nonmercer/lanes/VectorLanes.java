package nonmercer.lanes;

/// The one door to the vector classes: what is behind it is linked only when the Vector API is
/// there.
final class VectorLanes {
    private VectorLanes() {}

    static DoubleLanes doubles() {
        return new VectorDoubleLanes();
    }

    static FloatLanes floats() {
        return new VectorFloatLanes();
    }
}
