/// Exact attention in tiles: any kernel's weights, forward and backward, in memory linear in the
/// number of queries and keys.
@org.jspecify.annotations.NullMarked
package nonmercer.fused;
