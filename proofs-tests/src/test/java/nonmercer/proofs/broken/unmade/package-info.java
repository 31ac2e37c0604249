/// Claims that the catalogue must refuse.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.broken.unmade;
