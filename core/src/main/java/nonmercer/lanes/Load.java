package nonmercer.lanes;

/// Work in pieces, for a clock.
@FunctionalInterface
public interface Load {
    /// Does `pieces` pieces and says how much work that was: operations done, or bytes moved.
    double run(int pieces);
}
