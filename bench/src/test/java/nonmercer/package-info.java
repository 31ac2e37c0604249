/// Rules that hold of all modules together.
@org.jspecify.annotations.NullMarked
package nonmercer;
