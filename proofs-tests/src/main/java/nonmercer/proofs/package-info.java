/// Theorems as tests: a claim states a conclusion, draws cases, bounds what rounding may do, and
/// names the wrong programs it must refute. [nonmercer.proofs.Laws] holds any kernel, the reader's
/// own included, to the laws of kernels.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs;
