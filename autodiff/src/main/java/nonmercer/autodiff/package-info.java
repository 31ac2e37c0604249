/// Reverse-mode automatic differentiation over arrays: tensors, the tape that records them, and
/// their gradients.
@org.jspecify.annotations.NullMarked
package nonmercer.autodiff;
