package nonmercer.experiment;

/// Text in HTML.
final class Html {
    private Html() {}

    /// The text with the characters escaped that HTML gives a meaning.
    static String text(String s) {
        return s.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
