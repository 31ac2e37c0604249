package nonmercer.array;

/// Where new arrays come from: the heap, or a [Slab] that reuses the buffers of the last step.
public sealed interface Memory permits Memory.Heap, Slab {
    /// Ordinary garbage-collected arrays.
    Memory HEAP = new Heap();

    /// An array whose contents are unspecified until it is written, once, by the operation that
    /// asked for it.
    Array fresh(DType dtype, Shape shape);

    /// Where the result of an operation on these inputs belongs: the slab of the first input that
    /// has one, else the heap.
    static Memory of(Array... inputs) {
        for (Array a : inputs) {
            if (a.slab() != null) {
                return a.slab();
            }
        }
        return HEAP;
    }

    /// The garbage-collected heap.
    record Heap() implements Memory {
        @Override
        public Array fresh(DType dtype, Shape shape) {
            return Array.wrap(
                    dtype == DType.FLOAT32 ? new float[shape.size()] : new double[shape.size()],
                    dtype,
                    shape,
                    null);
        }
    }
}
