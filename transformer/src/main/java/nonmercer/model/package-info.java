/// Transformer models: encoder, classifier, language model, encoder-decoder.
@org.jspecify.annotations.NullMarked
package nonmercer.model;
