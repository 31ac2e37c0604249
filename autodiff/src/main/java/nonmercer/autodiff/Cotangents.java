package nonmercer.autodiff;

import nonmercer.array.Elementwise;
import nonmercer.array.Memory;
import nonmercer.array.Slab;
import org.jspecify.annotations.Nullable;

/// The gradients of one backward pass by node, and who sees their buffers.
///
/// A pullback may give the gradient it was given, or a view of it, to several inputs, so that a
/// buffer may be seen from several places here. Each place is counted. A buffer lent in this pass
/// that only one place sees may be added to; one that none sees goes back to the slab, which lends
/// it, still in the cache, to the next pullback. On the heap, or if the pass is recorded, nothing
/// is overwritten and nothing goes back.
final class Cotangents {
    private final @Nullable Tensor[] all;
    private final @Nullable Slab slab;
    private final int start;

    private Cotangents(int count, @Nullable Slab slab) {
        this.all = new @Nullable Tensor[count];
        this.slab = slab;
        this.start = mark();
    }

    static Cotangents of(int count, Memory memory, boolean recorded) {
        return new Cotangents(count, memory instanceof Slab s && !recorded ? s : null);
    }

    @Nullable Tensor at(int i) {
        return all[i];
    }

    @Nullable Tensor[] all() {
        return all;
    }

    /// Where a pullback begins.
    int mark() {
        return slab == null ? 0 : slab.mark();
    }

    /// Adds what a pullback gave; null parts are none.
    void add(Node node, @Nullable Tensor[] parts) {
        for (Tensor part : parts) {
            hold(part); // until it has its place: what is still to be added must not be overwritten
        }
        for (int j = 0; j < parts.length; j++) {
            Node parent = node.parent(j);
            Tensor part = parts[j];
            if (parent != null && part != null) {
                add(parent.index(), part);
                letGo(part);
            }
        }
    }

    /// Adds to one gradient.
    void add(int i, Tensor part) {
        Tensor sum = all[i];
        if (sum == null) {
            hold(part);
            all[i] = part;
        } else if (slab != null && slab.onlyOneSees(sum.value(), start)) {
            Elementwise.addScaled(1, part.value(), sum.value());
        } else {
            Tensor next = sum.add(part);
            hold(next);
            letGo(sum);
            all[i] = next;
        }
    }

    /// Lets go of a gradient that has been used.
    void drop(int i) {
        Tensor g = all[i];
        all[i] = null;
        letGo(g);
    }

    /// Gives back what a pullback needed only for itself.
    void forgetSince(int mark) {
        if (slab != null) {
            slab.takeBackUnheld(mark);
        }
    }

    private void hold(@Nullable Tensor t) {
        if (slab != null && t != null) {
            Slab.hold(t.value());
        }
    }

    private void letGo(@Nullable Tensor t) {
        if (slab != null && t != null) {
            slab.letGo(t.value(), start);
        }
    }
}
