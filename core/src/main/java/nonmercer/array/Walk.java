package nonmercer.array;

/// A permutation of axes as few nested loops as possible: axes of extent 1 dropped, axes that stay
/// neighbours merged.
///
/// `extents` are the output's, outermost first; `strides[a]` is the step in the input of one step
/// along output axis `a`.
record Walk(int[] extents, int[] strides) {
    static Walk of(Shape shape, int[] order) {
        int rank = order.length;
        int[] extents = new int[rank];
        int[] strides = new int[rank];
        int n = 0;
        for (int axis : order) {
            int extent = shape.dim(axis);
            int stride = shape.inner(axis);
            if (extent == 1) {
                continue;
            }
            if (n > 0 && strides[n - 1] == (long) extent * stride) {
                extents[n - 1] *= extent;
                strides[n - 1] = stride;
            } else {
                extents[n] = extent;
                strides[n++] = stride;
            }
        }
        return new Walk(java.util.Arrays.copyOf(extents, n), java.util.Arrays.copyOf(strides, n));
    }

    int rank() {
        return extents.length;
    }

    /// Elements moved.
    int size() {
        int n = 1;
        for (int e : extents) {
            n *= e;
        }
        return n;
    }

    /// The axis along which the input is contiguous: the one of stride 1, or -1 if there is none.
    int contiguous() {
        for (int a = rank() - 1; a >= 0; a--) {
            if (strides[a] == 1) {
                return a;
            }
        }
        return -1;
    }

    /// Where the `index`-th combination of the axes below `end`, `skip` left out, begins in the
    /// input.
    int source(int index, int end, int skip) {
        int at = 0;
        int rest = index;
        for (int a = end - 1; a >= 0; a--) {
            if (a != skip) {
                at += rest % extents[a] * strides[a];
                rest /= extents[a];
            }
        }
        return at;
    }

    /// The same place in the output.
    int target(int index, int end, int skip) {
        int at = 0;
        int rest = index;
        for (int a = end - 1; a >= 0; a--) {
            if (a != skip) {
                at += rest % extents[a] * outStride(a);
                rest /= extents[a];
            }
        }
        return at;
    }

    int outStride(int axis) {
        int n = 1;
        for (int a = axis + 1; a < rank(); a++) {
            n *= extents[a];
        }
        return n;
    }
}
