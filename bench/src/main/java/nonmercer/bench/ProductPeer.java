package nonmercer.bench;

import java.util.List;
import nonmercer.array.Array;

/// `c = a·b` by another library, in its own form of matrices.
///
/// @param peer computes c
/// @param result the elements of c
record ProductPeer(Case.Peer peer, Entry result) {
    /// An element of a matrix.
    interface Entry {
        double at(int row, int column);
    }

    /// The product of these two matrices by every library there is.
    static List<ProductPeer> all(Array a, Array b) {
        return List.of(Ejml.product(a, b), Ojalgo.product(a, b), Netlib.product(a, b));
    }
}
