/// Optimisers, learning-rate schedules and gradient clipping.
@org.jspecify.annotations.NullMarked
package nonmercer.autodiff.optim;
