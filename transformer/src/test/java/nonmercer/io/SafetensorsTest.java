package nonmercer.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import nonmercer.array.Array;
import nonmercer.array.DType;
import nonmercer.array.Memory;
import nonmercer.array.Shape;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir Path folder = Path.of(".");

    /// Any bits, NaN payloads included; shapes with no axis, empty axes and odd sizes.
    @Provide
    Arbitrary<Array> arrays() {
        return Combinators.combine(
                        Arbitraries.of(DType.values()),
                        Arbitraries.integers().between(0, 5).array(int[].class).ofMaxSize(3),
                        Arbitraries.longs())
                .as((dtype, extents, seed) -> {
                    Array a = Memory.HEAP.fresh(dtype, Shape.of(extents));
                    var random = new java.util.SplittableRandom(seed);
                    for (int i = 0; i < a.size(); i++) {
                        if (dtype == DType.FLOAT32) {
                            a.floats()[i] = Float.intBitsToFloat(random.nextInt());
                        } else {
                            a.doubles()[i] = Double.longBitsToDouble(random.nextLong());
                        }
                    }
                    return a;
                });
    }

    @Property(tries = 200)
    void everyBitComesBack(
            @ForAll("named") Map<String, Array> tensors, @ForAll Map<String, String> metadata)
            throws IOException {
        Path file = Files.createTempFile("bits", ".safetensors");
        try {
            Map<String, String> clean = new LinkedHashMap<>();
            metadata.forEach((key, value) -> clean.put(key, value));
            new Safetensors(tensors, clean).write(file);
            Safetensors read = Safetensors.read(file);
            assertEquals(
                    new ArrayList<>(tensors.keySet()), new ArrayList<>(read.tensors().keySet()));
            tensors.forEach((name, a) -> assertSameBits(a, read.tensors().get(name)));
            assertEquals(clean, read.metadata());
            ByteBuffer bytes =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(0, bytes.getLong(0) % 8);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, Array>> named() {
        return Arbitraries.maps(Arbitraries.strings().all().ofMaxLength(6), arrays())
                .ofMaxSize(5)
                .map(LinkedHashMap::new);
    }

    private static void assertSameBits(Array expected, @Nullable Array found) {
        if (found == null) {
            throw new AssertionError("the tensor is missing");
        }
        assertEquals(expected.dtype(), found.dtype());
        assertEquals(expected.shape(), found.shape());
        for (int i = 0; i < expected.size(); i++) {
            if (expected.dtype() == DType.FLOAT32) {
                assertEquals(
                        Float.floatToRawIntBits(expected.floats()[i]),
                        Float.floatToRawIntBits(found.floats()[i]));
            } else {
                assertEquals(
                        Double.doubleToRawLongBits(expected.doubles()[i]),
                        Double.doubleToRawLongBits(found.doubles()[i]));
            }
        }
    }

    @Test
    void tensorsLargerThanTheBufferComeBack() {
        Array large = Memory.HEAP.fresh(DType.FLOAT32, Shape.of(3, 200_001));
        for (int i = 0; i < large.size(); i++) {
            large.floats()[i] = i;
        }
        Path file = folder.resolve("large");
        new Safetensors(Map.of("large", large), Map.of()).write(file);
        assertEquals(large, Safetensors.read(file).tensors().get("large"));
    }

    /// The example of the format's description, byte by byte.
    @Test
    void theBytesAreTheFormats() throws IOException {
        Map<String, Array> tensors = new LinkedHashMap<>();
        tensors.put("b", Array.of(Shape.of(1), 1f));
        tensors.put("a", Array.of(Shape.SCALAR, -2.0));
        Path file = folder.resolve("two");
        new Safetensors(tensors, Map.of("format", "nm")).write(file);
        String header =
                "{\"__metadata__\":{\"format\":\"nm\"},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                        + "\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}";
        byte[] all = Files.readAllBytes(file);
        int padded = (header.length() + 7) / 8 * 8;
        assertEquals(8 + padded + 12, all.length);
        assertEquals(padded, all[0] & 0xFF);
        assertEquals(header, new String(all, 8, padded, StandardCharsets.UTF_8).stripTrailing());
        byte[] data = {0, 0, 0, 0, 0, 0, 0, (byte) 0xC0, 0, 0, (byte) 0x80, 0x3F};
        assertArrayEquals(data, java.util.Arrays.copyOfRange(all, 8 + padded, all.length));
    }

    @Test
    void halfPrecisionIsWidened() throws IOException {
        Path file =
                write(
                        "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
                        new byte[] {0x00, 0x3C, 0x01, 0x00, (byte) 0x80, 0x3F, 0x20, (byte) 0xC1});
        Map<String, Array> tensors = Safetensors.read(file).tensors();
        assertEquals(Array.of(Shape.of(2), 1f, 0x1p-24f), tensors.get("h"));
        assertEquals(Array.of(Shape.of(2), 1f, -10f), tensors.get("b"));
    }

    @Test
    void badFilesAreRefused() throws IOException {
        refused(new byte[3], "the file has 3 bytes, too few for a safetensors header");
        refused(
                new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'},
                "the header claims 9 bytes, but the file has 10 in all;"
                        + " this is no safetensors file, or it is cut short");
        refused(
                new byte[] {2, 0, 0, 0, 0, 0, 0, (byte) 0x80, '{', '}'},
                "the header claims 9223372036854775810 bytes, but the file has 10 in all;"
                        + " this is no safetensors file, or it is cut short");
        refused("[]", 0, "the header does not start with '{'; this is no safetensors file");
        refused("{\"a\" 1}", 0, "(header):1:6: expected ':' after a name, found '1'");
        refused("{\"a\":1}", 0, "\"a\": expected an object, found 1");
        refused("{\"__metadata__\":{\"a\":1}}", 0, "\"__metadata__\": expected a string, found 1");
        refused(
                tensor("I64", "[1]", "[0,8]"),
                8,
                "\"a\": elements of type I64 cannot be read; supported are F64, F32, F16 and BF16");
        refused(tensor("F32", "[-1]", "[0,4]"), 4, "\"a\": shape [-1] has a negative extent");
        refused(
                tensor("F32", "[65536,65536]", "[0,4]"),
                4,
                "\"a\": shape [65536, 65536] has more than 2^31 - 64 elements, the most one array holds");
        refused(
                tensor("F32", "[2]", "[0,4]"),
                4,
                "\"a\": shape [2] of F32 takes 8 bytes, but the data_offsets are [0, 4]");
        refused(tensor("F32", "[1]", "[0,4,8]"), 4, "\"a\": expected two data_offsets, found 3");
        refused(
                tensor("F32", "[1]", "[-4,0]"),
                4,
                "\"a\": shape [1] of F32 takes 4 bytes, but the data_offsets are [-4, 0]");
        refused(
                tensor("F32", "[1]", "[4,8]"),
                8,
                "\"a\" starts at byte 4 of the data, but the tensors before it end at 0: there is a gap");
        refused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                12,
                "\"b\" starts at byte 4 of the data, but the tensors before it end at 8: they overlap");
        refused(
                tensor("F32", "[1]", "[0,4]"),
                8,
                "the tensors take 4 bytes, but the file holds 8 bytes of data");
        refused(
                tensor("F32", "[2]", "[0,8]"),
                4,
                "the tensors take 8 bytes, but the file holds 4 bytes of data; it is cut short");
        Path absent = folder.resolve("absent");
        assertEquals(
                absent + ": there is no such file",
                assertThrows(BadInputException.class, () -> Safetensors.read(absent)).getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Safetensors(Map.of("__metadata__", Array.vector(1)), Map.of()));
    }

    private static String tensor(String dtype, String shape, String offsets) {
        return "{\"a\":{\"dtype\":\""
                + dtype
                + "\",\"shape\":"
                + shape
                + ",\"data_offsets\":"
                + offsets
                + "}}";
    }

    private void refused(String header, int data, String message) throws IOException {
        refused(Files.readAllBytes(write(header, new byte[data])), message);
    }

    private void refused(byte[] content, String message) throws IOException {
        Path file = folder.resolve("bad");
        Files.write(file, content);
        String found =
                assertThrows(BadInputException.class, () -> Safetensors.read(file)).getMessage();
        assertEquals(file + (message.startsWith("(") ? " " : ": ") + message, found);
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("made"), all.putLong(json.length).put(json).put(data).array());
    }
}
