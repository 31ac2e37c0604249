package nonmercer.data;

/// A text with its class.
///
/// @param text what is classified
/// @param label its class
/// @param group near-duplicates share a group, and a split keeps a group on one side
public record Labelled(String text, String label, int group) {}
