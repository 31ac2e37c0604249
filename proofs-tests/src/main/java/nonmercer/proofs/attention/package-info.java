/// Claims about attention: the laws it must keep with every kernel, and facts about softmax.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.attention;
