/// Labelled texts and sentence pairs: the JDK's own messages or a user's files, grouped by
/// near-duplicates and split.
@org.jspecify.annotations.NullMarked
package nonmercer.data;
