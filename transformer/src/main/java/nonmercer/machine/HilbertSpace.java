package nonmercer.machine;

import nonmercer.array.Array;
import nonmercer.kernel.Kernel;

/// The Hilbert space of a positive definite kernel, with all its features, be they infinitely many.
///
/// @param own the kernel on this space's domain
/// @param cross the kernel between the two domains
record HilbertSpace(Kernel own, Kernel cross, Side side) implements Space {
    @Override
    public Lp norm() {
        return Lp.hilbert();
    }

    @Override
    public Array kernel(Array points, Array others) {
        return side.kernel(cross, points, others);
    }

    @Override
    public Trace at(Array points) {
        Dense.checkPoints("the points", points);
        return new AtPoints(points, KernelBlocks.matrix(own, points, points));
    }

    private final class AtPoints implements Trace {
        private final Array points;
        private final Array gram;

        AtPoints(Array points, Array gram) {
            this.points = points;
            this.gram = gram;
        }

        @Override
        public Lp norm() {
            return Lp.hilbert();
        }

        @Override
        public int size() {
            return gram.dim(0);
        }

        @Override
        public double energy(double[] c, double[] values) {
            double[] f = Dense.times(gram, c);
            System.arraycopy(f, 0, values, 0, f.length);
            return Dense.dot(c, f) / 2;
        }

        @Override
        public Array curvature(double[] c) {
            return gram;
        }

        @Override
        public Array gram() {
            return gram;
        }

        @Override
        public double[] extend(double[] c, Array others) {
            return KernelBlocks.times(own, others, points, c);
        }
    }
}
