package nonmercer.bench.natives;

import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Shape;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/// An array in native memory, at the start of a cache line, as native libraries place their own.
record Buffer(Pointer pointer, DType dtype, Shape shape) {
    private static final int LINE = 64;

    static Buffer of(Array x) {
        Buffer buffer = zeros(x.dtype(), x.shape());
        if (x.dtype() == DType.FLOAT32) {
            buffer.floats().put(x.floats(), 0, x.size());
        } else {
            buffer.doubles().put(x.doubles(), 0, x.size());
        }
        return buffer;
    }

    static Buffer zeros(DType dtype, Shape shape) {
        int spare = LINE / dtype.bytes();
        Pointer memory =
                dtype == DType.FLOAT32
                        ? new FloatPointer(shape.size() + (long) spare)
                        : new DoublePointer(shape.size() + (long) spare);
        long beyond = memory.address() % LINE / dtype.bytes();
        memory.position(beyond == 0 ? 0 : spare - beyond);
        Pointer.memset(memory, 0, (long) shape.size() * dtype.bytes());
        return new Buffer(memory, dtype, shape);
    }

    FloatPointer floats() {
        return (FloatPointer) pointer;
    }

    DoublePointer doubles() {
        return (DoublePointer) pointer;
    }

    /// A copy on the heap.
    Array array() {
        if (dtype == DType.FLOAT32) {
            float[] x = new float[shape.size()];
            floats().get(x);
            return Array.of(shape, x);
        }
        double[] x = new double[shape.size()];
        doubles().get(x);
        return Array.of(shape, x);
    }
}
