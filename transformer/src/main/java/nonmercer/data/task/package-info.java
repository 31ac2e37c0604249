/// Tasks whose examples are drawn, not downloaded: each example is a function of a seed alone.
@org.jspecify.annotations.NullMarked
package nonmercer.data.task;
