/// Distributions of frequencies, and the kernels they are the transforms of.
@org.jspecify.annotations.NullMarked
package nonmercer.spectral;
