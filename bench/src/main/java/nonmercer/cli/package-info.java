/// The commands of `./nonmercer`.
@org.jspecify.annotations.NullMarked
package nonmercer.cli;
