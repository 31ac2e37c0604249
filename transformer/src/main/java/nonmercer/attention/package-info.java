/// Attention: a kernel, a way to evaluate it, and a mask.
@org.jspecify.annotations.NullMarked
package nonmercer.attention;
