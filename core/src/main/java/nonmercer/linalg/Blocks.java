package nonmercer.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The sizes of the blocks of a matrix product, from the caches of the machine. They decide its
/// speed, never its bits.
///
/// A block of B of `depth × columns` elements is packed and stays in the second-level cache while
/// all rows of A pass by; beside it a strip of A, as many rows as a tile has and `depth` long,
/// stays in the first-level cache.
///
/// @param depth how many of the k summed products are taken at a time
/// @param columns how many columns of B are packed at a time
/// @param strip how many rows of a transposed A are packed at a time: all, unless they are very
///   many
record Blocks(int depth, int columns, int strip) {
    private static final int L1 = cache(1, 32 << 10);
    private static final int L2 = cache(2, 512 << 10);

    /// The blocks for elements of so many bytes: a strip of 8 rows takes a third of the first-level
    /// cache, a block of B half of the second-level cache. With 48 KiB and 1 MiB: 512 × 256 float32
    /// elements, 256 × 256 float64 ones.
    static Blocks of(int bytes) {
        int depth = Math.clamp(L1 / (3 * 8 * bytes) / 64 * 64L, 64, 1024);
        int columns = Math.clamp(L2 / 2 / (depth * bytes) / 64 * 64L, 64, 1024);
        return new Blocks(depth, columns, 1024);
    }

    /// The data cache of this level as Linux describes it, or the usual size.
    private static int cache(int level, int usual) {
        for (int i = 0; i < 8; i++) {
            Path index = Path.of("/sys/devices/system/cpu/cpu0/cache/index" + i);
            try {
                if (Files.isDirectory(index)
                        && Files.readString(index.resolve("level"))
                                .strip()
                                .equals(Integer.toString(level))
                        && !Files.readString(index.resolve("type")).strip().equals("Instruction")) {
                    return bytes(Files.readString(index.resolve("size")).strip());
                }
            } catch (IOException | NumberFormatException | SecurityException e) {
                return usual;
            }
        }
        return usual;
    }

    /// `48K` or `1M` as bytes.
    private static int bytes(String size) {
        String s = size.toUpperCase(Locale.ROOT);
        int n = Integer.parseInt(s.replaceAll("[KM]$", ""));
        return s.endsWith("M") ? n << 20 : s.endsWith("K") ? n << 10 : n;
    }
}
