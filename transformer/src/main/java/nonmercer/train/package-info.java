/// Training: the loop, its callbacks, early stopping and checkpoints.
@org.jspecify.annotations.NullMarked
package nonmercer.train;
