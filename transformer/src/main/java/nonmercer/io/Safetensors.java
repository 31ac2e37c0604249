package nonmercer.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;

/// Named arrays in a file, in the safetensors format: 8 bytes of header length, a JSON header
/// `{"name": {"dtype", "shape", "data_offsets"}, …}`, then the little-endian elements without gaps.
///
/// Written are `F64` and `F32`; read are also `F16` and `BF16`, widened exactly to float32. What
/// was written is read back with the same bits, NaN payloads included, and in the same order.
///
/// @param tensors the arrays by name, in the order of the header
/// @param metadata free text by name: the format's `__metadata__`
public record Safetensors(Map<String, Array> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final long LONGEST_HEADER = 100_000_000;
    private static final int CHUNK = 1 << 20; // bytes moved at once, a multiple of 8

    /// Copies the maps.
    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("safetensors: no tensor may be named " + METADATA);
        }
    }

    /// Creates or replaces a file, whole or not at all.
    ///
    /// The header follows the order of the map. The float64 elements lie before the float32
    /// elements, and the header is padded with spaces, so that every element is aligned to its own
    /// size.
    public void write(Path file) {
        List<Array> layout = new ArrayList<>();
        tensors.values().stream().filter(a -> a.dtype() == DType.FLOAT64).forEach(layout::add);
        tensors.values().stream().filter(a -> a.dtype() == DType.FLOAT32).forEach(layout::add);
        ByteBuffer header = header(layout);
        AtomicFile.write(
                file,
                channel -> {
                    AtomicFile.writeAll(channel, header);
                    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                    for (Array a : layout) {
                        int step = CHUNK / a.dtype().bytes();
                        for (int from = 0; from < a.size(); from += step) {
                            int n = Math.min(step, a.size() - from);
                            buffer.clear().limit(n * a.dtype().bytes());
                            if (a.dtype() == DType.FLOAT32) {
                                buffer.asFloatBuffer().put(a.floats(), from, n);
                            } else {
                                buffer.asDoubleBuffer().put(a.doubles(), from, n);
                            }
                            AtomicFile.writeAll(channel, buffer);
                        }
                    }
                });
    }

    private ByteBuffer header(List<Array> layout) {
        long at = 0;
        List<Json> offsets = new ArrayList<>(); // of each array in the layout
        for (Array a : layout) {
            long end = at + (long) a.size() * a.dtype().bytes();
            offsets.add(Json.of(List.of(Json.of(at), Json.of(end))));
            at = end;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            Map<String, Json> texts = new LinkedHashMap<>();
            metadata.forEach((key, value) -> texts.put(key, Json.of(value)));
            members.put(METADATA, Json.of(texts));
        }
        int wide = 0;
        int narrow = (int) layout.stream().filter(a -> a.dtype() == DType.FLOAT64).count();
        for (Map.Entry<String, Array> entry : tensors.entrySet()) {
            Array a = entry.getValue();
            boolean isWide = a.dtype() == DType.FLOAT64;
            Map<String, Json> tensor = new LinkedHashMap<>();
            tensor.put("dtype", Json.of(isWide ? "F64" : "F32"));
            tensor.put("shape", Json.of(a.shape().extents()));
            tensor.put("data_offsets", offsets.get(isWide ? wide++ : narrow++));
            members.put(entry.getKey(), Json.of(tensor));
        }
        byte[] json = Json.of(members).write().getBytes(StandardCharsets.UTF_8);
        int padded = (json.length + 7) / 8 * 8;
        ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    /// The arrays and the metadata of a file.
    ///
    /// @throws BadInputException if the file is not a valid safetensors file of floating-point
    ///   tensors: a header that does not parse, a shape that does not fit its bytes, bytes that
    ///   overlap, are missing or belong to no tensor
    public static Safetensors read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return new SafetensorsReader(file, channel).read(LONGEST_HEADER, METADATA);
        } catch (NoSuchFileException e) {
            throw new BadInputException(file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + ": the header is not valid UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the file cannot be read", e);
        }
    }
}
