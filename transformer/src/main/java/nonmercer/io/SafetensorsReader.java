package nonmercer.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;

/// Reads and checks one safetensors file.
final class SafetensorsReader {
    private static final int CHUNK = 1 << 20; // bytes moved at once, a multiple of 8

    /// The element types this library reads.
    private enum Stored {
        F64(8),
        F32(4),
        F16(2),
        BF16(2);

        final int bytes;

        Stored(int bytes) {
            this.bytes = bytes;
        }
    }

    private record Entry(String name, Stored type, Shape shape, long from, long to) {}

    private final Path file;
    private final FileChannel channel;

    SafetensorsReader(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    Safetensors read(long longestHeader, String metadataName) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw bad("the file has " + size + " bytes, too few for a safetensors header");
        }
        long length = bytes(0, 8).getLong();
        if (length < 2 || length > longestHeader || length > size - 8) {
            throw bad(
                    "the header claims "
                            + Long.toUnsignedString(length)
                            + " bytes, but the file has "
                            + size
                            + " in all; this is no safetensors file, or it is cut short");
        }
        ByteBuffer text = bytes(8, (int) length);
        if (text.get(0) != '{') {
            throw bad("the header does not start with '{'; this is no safetensors file");
        }
        String json = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (var member : Json.parse(json, file + " (header)").members().entrySet()) {
            try {
                if (member.getKey().equals(metadataName)) {
                    member.getValue()
                            .members()
                            .forEach((key, value) -> metadata.put(key, value.text()));
                } else {
                    entries.add(entry(member.getKey(), member.getValue()));
                }
            } catch (BadInputException e) {
                throw bad("\"" + member.getKey() + "\": " + e.getMessage());
            }
        }
        checkLayout(entries, size - 8 - length);
        Map<String, Array> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            tensors.put(entry.name, array(entry, 8 + length));
        }
        return new Safetensors(tensors, metadata);
    }

    private static Entry entry(String name, Json json) {
        String dtype = json.get("dtype").text();
        Stored type =
                Arrays.stream(Stored.values())
                        .filter(s -> s.name().equals(dtype))
                        .findFirst()
                        .orElseThrow(() ->
                                new BadInputException(
                                        "elements of type "
                                                + dtype
                                                + " cannot be read; supported are F64, F32, F16 and BF16"));
        int[] extents = json.get("shape").items().stream().mapToInt(Json::int32).toArray();
        Shape shape;
        try {
            shape = Shape.of(extents);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        List<Json> offsets = json.get("data_offsets").items();
        if (offsets.size() != 2) {
            throw new BadInputException("expected two data_offsets, found " + offsets.size());
        }
        long from = offsets.get(0).integer();
        long to = offsets.get(1).integer();
        long expected = (long) shape.size() * type.bytes;
        if (from < 0 || to - from != expected) {
            throw new BadInputException(
                    "shape "
                            + shape
                            + " of "
                            + dtype
                            + " takes "
                            + expected
                            + " bytes, but the data_offsets are ["
                            + from
                            + ", "
                            + to
                            + "]");
        }
        return new Entry(name, type, shape, from, to);
    }

    /// The tensors must tile the data: each starts where the one before it ends.
    private void checkLayout(List<Entry> entries, long available) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
        long at = 0;
        for (Entry e : sorted) {
            if (e.from != at) {
                throw bad(
                        "\""
                                + e.name
                                + "\" starts at byte "
                                + e.from
                                + " of the data, but the tensors before it end at "
                                + at
                                + (e.from < at ? ": they overlap" : ": there is a gap"));
            }
            at = e.to;
        }
        if (at != available) {
            throw bad(
                    "the tensors take "
                            + at
                            + " bytes, but the file holds "
                            + available
                            + " bytes of data"
                            + (at > available ? "; it is cut short" : ""));
        }
    }

    private Array array(Entry entry, long start) throws IOException {
        boolean isWide = entry.type == Stored.F64;
        Array out = Memory.HEAP.fresh(isWide ? DType.FLOAT64 : DType.FLOAT32, entry.shape);
        int step = CHUNK / entry.type.bytes;
        int n = entry.shape.size();
        for (int from = 0; from < n; from += step) {
            int count = Math.min(step, n - from);
            ByteBuffer chunk =
                    bytes(
                            start + entry.from + (long) from * entry.type.bytes,
                            count * entry.type.bytes);
            switch (entry.type) {
                case F64 -> chunk.asDoubleBuffer().get(out.doubles(), from, count);
                case F32 -> chunk.asFloatBuffer().get(out.floats(), from, count);
                case F16 -> {
                    for (int i = 0; i < count; i++) {
                        out.floats()[from + i] = Float.float16ToFloat(chunk.getShort());
                    }
                }
                case BF16 -> { // the upper half of a binary32
                    for (int i = 0; i < count; i++) {
                        out.floats()[from + i] = Float.intBitsToFloat(chunk.getShort() << 16);
                    }
                }
            }
        }
        return out;
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ended while it was read");
            }
        }
        return bytes.flip();
    }

    private BadInputException bad(String sentence) {
        return new BadInputException(file + ": " + sentence);
    }
}
