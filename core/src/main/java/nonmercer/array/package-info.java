/// Dense row-major arrays of `float32` or `float64`, and the operations on them.
@org.jspecify.annotations.NullMarked
package nonmercer.array;
