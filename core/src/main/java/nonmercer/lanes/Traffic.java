package nonmercer.lanes;

import java.util.Arrays;

/// Passes over memory with next to no arithmetic: for each mix of reads and writes the plainest
/// loop.
sealed interface Traffic permits Traffic.Plain, VectorTraffic {
    /// Reads a.
    double read(double[] a, int from, int to);

    /// Reads a and b.
    double read(double[] a, double[] b, int from, int to);

    /// Writes c.
    void write(double[] c, int from, int to);

    /// c = a.
    void copy(double[] a, double[] c, int from, int to);

    /// c = a + b.
    void add(double[] a, double[] b, double[] c, int from, int to);

    /// c = a + c: no line is written that was not read.
    void update(double[] a, double[] c, int from, int to);

    /// b = a + b, c = a + c, d = a + d, in one pass.
    void updates(double[] a, double[] b, double[] c, double[] d, int from, int to);

    /// c = a·b + d.
    void multiplyAdd(double[] a, double[] b, double[] d, double[] c, int from, int to);

    /// What the compiler makes of plain loops.
    record Plain() implements Traffic {
        /// Elements copied at a time, through the caches.
        private static final int BLOCK = 1 << 14;

        @Override
        public double read(double[] a, int from, int to) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            for (int i = from; i < to - 3; i += 4) {
                s0 += a[i];
                s1 += a[i + 1];
                s2 += a[i + 2];
                s3 += a[i + 3];
            }
            return s0 + s1 + (s2 + s3);
        }

        @Override
        public double read(double[] a, double[] b, int from, int to) {
            double s0 = 0;
            double s1 = 0;
            for (int i = from; i < to - 1; i += 2) {
                s0 += a[i] + b[i];
                s1 += a[i + 1] + b[i + 1];
            }
            return s0 + s1;
        }

        @Override
        public void write(double[] c, int from, int to) {
            Arrays.fill(c, from, to, from);
        }

        @Override
        public void copy(double[] a, double[] c, int from, int to) {
            for (int i = from; i < to; i += BLOCK) {
                System.arraycopy(a, i, c, i, Math.min(BLOCK, to - i));
            }
        }

        @Override
        public void add(double[] a, double[] b, double[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] + b[i];
            }
        }

        @Override
        public void update(double[] a, double[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] += a[i];
            }
        }

        @Override
        public void updates(double[] a, double[] b, double[] c, double[] d, int from, int to) {
            for (int i = from; i < to; i++) {
                b[i] += a[i];
                c[i] += a[i];
                d[i] += a[i];
            }
        }

        @Override
        public void multiplyAdd(double[] a, double[] b, double[] d, double[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] * b[i] + d[i];
            }
        }
    }
}
