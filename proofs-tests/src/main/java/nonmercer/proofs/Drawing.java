package nonmercer.proofs;

import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.JqwikException;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/// Cases drawn by several threads: jqwik keeps what it knows of generators in one place for all, so
/// one thread draws at a time.
final class Drawing {
    /// A session keeps every generator there was, and compares each new one with them: after so
    /// many cases it starts afresh.
    private static final int FRESH = 8;

    private static final Object ONE = new Object();
    private static int draws;

    private Drawing() {}

    /// Runs work that draws in a session of jqwik's, without which nothing can be drawn.
    static <T> T within(Supplier<T> work) {
        boolean opened = opensSession();
        try {
            return work.get();
        } finally {
            if (opened) {
                synchronized (ONE) {
                    JqwikSession.finish();
                }
            }
        }
    }

    /// Opens a session; false where there is one, or where jqwik itself runs the test that asks.
    private static boolean opensSession() {
        if (JqwikSession.isActive()) {
            return false;
        }
        try {
            synchronized (ONE) {
                JqwikSession.start();
            }
            return true;
        } catch (JqwikException runsAlready) {
            return false;
        }
    }

    /// The cases that a supplier of them begins.
    static <C> Iterator<Shrinkable<C>> begun(Supplier<Stream<Shrinkable<C>>> cases) {
        synchronized (ONE) {
            return cases.get().iterator();
        }
    }

    /// The next case, null after the last.
    static <C> @Nullable Shrinkable<C> next(Iterator<Shrinkable<C>> drawn) {
        synchronized (ONE) {
            if (++draws % FRESH == 0 && JqwikSession.isActive()) {
                JqwikSession.finish();
                JqwikSession.start();
            }
            return drawn.hasNext() ? drawn.next() : null;
        }
    }

    /// A case, as it was drawn.
    static <C> C value(Shrinkable<C> c) {
        synchronized (ONE) {
            return c.value();
        }
    }

    /// What a case may be simplified to.
    static <C> Iterator<Shrinkable<C>> simpler(Shrinkable<C> c) {
        synchronized (ONE) {
            return c.shrink().iterator();
        }
    }

    /// Whether the first of two cases is the simpler one.
    static <C> boolean isSimpler(Shrinkable<C> a, Shrinkable<C> b) {
        synchronized (ONE) {
            return a.distance().compareTo(b.distance()) < 0;
        }
    }
}
