/// A small pool of threads and deterministic partitions.
@org.jspecify.annotations.NullMarked
package nonmercer.parallel;
