/// Experiments: what the commands run, and the pages they write.
@org.jspecify.annotations.NullMarked
package nonmercer.experiment;
