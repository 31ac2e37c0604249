/// Transformer layers as records of parameters.
@org.jspecify.annotations.NullMarked
package nonmercer.layer;
