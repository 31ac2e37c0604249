/// Ops with one planted mistake each: every one must be refuted by the law it breaks.
@org.jspecify.annotations.NullMarked
package nonmercer.autodiff.mutant;
