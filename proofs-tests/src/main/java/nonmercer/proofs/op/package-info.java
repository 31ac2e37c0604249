/// What every differentiable operation must keep.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.op;
