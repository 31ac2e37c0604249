package nonmercer.data;

/// A text and its translation.
///
/// @param source the text to translate
/// @param target its translation
/// @param group pairs with near-duplicate sources share a group, and a split keeps a group on one
///   side
public record Pair(String source, String target, int group) {}
