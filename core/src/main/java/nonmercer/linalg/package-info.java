/// Matrix products and decompositions.
@org.jspecify.annotations.NullMarked
package nonmercer.linalg;
