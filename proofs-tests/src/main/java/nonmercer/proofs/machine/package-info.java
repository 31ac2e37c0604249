/// Claims about kernel machines: what their solutions are, and where uniqueness and positive
/// definiteness end.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.machine;
