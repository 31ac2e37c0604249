/// Attention kernels as values: functions of a query and a key, what is known of them, and their
/// algebra.
@org.jspecify.annotations.NullMarked
package nonmercer.kernel;
