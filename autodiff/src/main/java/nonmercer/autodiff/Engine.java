package nonmercer.autodiff;

import org.jspecify.annotations.Nullable;

/// How a tape runs the ops it records: [#EAGER] just runs them; decorators count, time or check.
@FunctionalInterface
public interface Engine {
    /// Runs each op at once.
    Engine EAGER = Op::forward;

    /// Runs one op; must call `op.forward(f)` exactly once.
    void run(Op op, Forward f);

    /// Runs the pullback of one op; must call `op.pullback(p)` exactly once and give its result.
    default @Nullable Tensor[] pull(Op op, Pullback p) {
        return op.pullback(p);
    }
}
