/// How good a prediction is, and how sure that is: accuracy, BLEU, intervals, a paired test.
@org.jspecify.annotations.NullMarked
package nonmercer.metric;
