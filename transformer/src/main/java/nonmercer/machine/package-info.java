/// Kernel machines: learning problems on pairs of Banach spaces and their relatives, solved with a
/// duality gap; and the same problems learned by gradient, as attention learns them.
@org.jspecify.annotations.NullMarked
package nonmercer.machine;
