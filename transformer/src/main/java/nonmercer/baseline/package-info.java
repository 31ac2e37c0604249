/// What a model must beat to have learned anything: the majority, the bag of words, copying, the
/// nearest neighbour.
@org.jspecify.annotations.NullMarked
package nonmercer.baseline;
