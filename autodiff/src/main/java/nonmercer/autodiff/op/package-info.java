/// The operations, one record a file: shape rule, forward, pullback.
@org.jspecify.annotations.NullMarked
package nonmercer.autodiff.op;
