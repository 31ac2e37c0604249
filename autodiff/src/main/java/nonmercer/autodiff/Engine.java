package nonmercer.autodiff;

/// How a tape runs the ops it records: [#EAGER] just runs them; decorators count, time or check.
@FunctionalInterface
public interface Engine {
    /// Runs each op at once.
    Engine EAGER = Op::forward;

    /// Runs one op; must call `op.forward(f)` exactly once.
    void run(Op op, Forward f);
}
