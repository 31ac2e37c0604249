package nonmercer.data;

/// An English message and the same message in another language.
///
/// @param english the English message
/// @param other its translation, runs of white space replaced by one space
public record Translation(Message english, String other) {}
