/// Text to numbers: words, byte-pair tokens, batches of equal length.
@org.jspecify.annotations.NullMarked
package nonmercer.text;
