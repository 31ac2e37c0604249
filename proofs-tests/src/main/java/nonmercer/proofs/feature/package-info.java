/// Claims about feature maps.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.feature;
