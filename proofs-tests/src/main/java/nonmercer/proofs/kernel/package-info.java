/// Claims about kernels: the laws each must keep, and theorems about some.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.kernel;
