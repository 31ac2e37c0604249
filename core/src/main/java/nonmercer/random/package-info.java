/// Splittable, named streams of random numbers.
@org.jspecify.annotations.NullMarked
package nonmercer.random;
