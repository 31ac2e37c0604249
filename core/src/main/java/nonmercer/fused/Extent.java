package nonmercer.fused;

/// How large an attention is.
///
/// @param sequences the batch
/// @param heads of each sequence; queries, keys and values have as many
/// @param n queries of a head
/// @param m keys of a head
/// @param e numbers of a value
public record Extent(int sequences, int heads, int n, int m, int e) {
    int groups() {
        return sequences * heads;
    }
}
