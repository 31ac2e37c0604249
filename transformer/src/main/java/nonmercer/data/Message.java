package nonmercer.data;

/// One text of a resource bundle.
///
/// @param module the module that holds the bundle, such as `jdk.compiler`
/// @param bundle the bundle's path inside the module, without locale and ending
/// @param key the text's key in the bundle
/// @param text the text, runs of white space replaced by one space
public record Message(String module, String bundle, String key, String text) {}
