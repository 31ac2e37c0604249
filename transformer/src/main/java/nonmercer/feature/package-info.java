/// Feature maps of kernels: exact, truncated and random.
@org.jspecify.annotations.NullMarked
package nonmercer.feature;
