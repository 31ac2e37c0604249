package nonmercer.text;

import java.util.Arrays;

/// UTF-8 for every Java string: a lone surrogate takes the three bytes its number would take
/// (WTF-8), so that nothing is lost. Bytes that no string encodes to decode to U+FFFD, one for each
/// byte.
final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static byte[] encode(String text) {
        byte[] out = new byte[3 * text.length()];
        int n = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                out[n++] = (byte) c;
            } else if (c < 0x800) {
                out[n++] = (byte) (0xC0 | c >> 6);
                out[n++] = (byte) (0x80 | c & 0x3F);
            } else if (c < 0x10000) {
                out[n++] = (byte) (0xE0 | c >> 12);
                out[n++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[n++] = (byte) (0x80 | c & 0x3F);
            } else {
                out[n++] = (byte) (0xF0 | c >> 18);
                out[n++] = (byte) (0x80 | c >> 12 & 0x3F);
                out[n++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[n++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return Arrays.copyOf(out, n);
    }

    static String decode(byte[] bytes, int length) {
        StringBuilder out = new StringBuilder(length);
        for (int i = 0; i < length; ) {
            int first = bytes[i] & 0xFF;
            int size =
                    first < 0x80
                            ? 1
                            : first >= 0xC2 && first < 0xE0
                                    ? 2
                                    : first >= 0xE0 && first < 0xF0
                                            ? 3
                                            : first >= 0xF0 && first < 0xF5 ? 4 : 0;
            int c = size == 1 ? first : first & 0x7F >> size;
            boolean valid = size > 0 && i + size <= length;
            for (int k = 1; valid && k < size; k++) {
                valid = (bytes[i + k] & 0xC0) == 0x80;
                c = c << 6 | bytes[i + k] & 0x3F;
            }
            boolean shortest = size < 3 || c >= (size == 3 ? 0x800 : 0x10000);
            if (valid && shortest && c <= Character.MAX_CODE_POINT) {
                out.appendCodePoint(c);
                i += size;
            } else {
                out.append(REPLACEMENT);
                i++;
            }
        }
        return out.toString();
    }
}
