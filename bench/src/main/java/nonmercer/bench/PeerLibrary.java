package nonmercer.bench;

import java.util.List;

/// A library to compare with. Those that stand on native code are found through
/// [java.util.ServiceLoader], so that they are there only when they are on the class path.
public interface PeerLibrary {
    /// Its name, version and what of the machine it uses, in a line.
    String about();

    /// What it offers for this task, in its own form of arrays, with as many threads as the pool
    /// has; none if it does not have the operation.
    List<Peer> of(Task task);
}
