package nonmercer.bench.natives;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// A model of one node in the format of ONNX (onnx.proto, IR version 8): float32 inputs `x0`, `x1`,
/// … of fixed shapes to one output `y`.
///
/// @param operator such as `MatMul`
/// @param inputs the shape of each
/// @param attributes whole numbers by name
record OnnxModel(String operator, List<long[]> inputs, List<Attribute> attributes) {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 20;
    private static final int FLOAT = 1;
    private static final int INT_ATTRIBUTE = 2;

    /// A whole number of the node.
    record Attribute(String name, long value) {}

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    byte[] bytes() {
        return message(model -> {
            model.writeInt64(1, IR_VERSION);
            model.writeByteArray(7, message(this::graph));
            model.writeByteArray(8, message(opset -> opset.writeInt64(2, OPSET)));
        });
    }

    private void graph(CodedOutputStream graph) throws IOException {
        graph.writeByteArray(1, message(this::node));
        graph.writeString(2, operator);
        for (int i = 0; i < inputs.size(); i++) {
            long[] shape = inputs.get(i);
            graph.writeByteArray(11, value("x" + i, shape));
        }
        graph.writeByteArray(
                12,
                message(y -> {
                    y.writeString(1, "y");
                    y.writeByteArray(
                            2,
                            message(type ->
                                    type.writeByteArray(1, message(t -> t.writeInt32(1, FLOAT)))));
                }));
    }

    private void node(CodedOutputStream node) throws IOException {
        for (int i = 0; i < inputs.size(); i++) {
            node.writeString(1, "x" + i);
        }
        node.writeString(2, "y");
        node.writeString(4, operator);
        for (Attribute a : attributes) {
            node.writeByteArray(
                    5,
                    message(attribute -> {
                        attribute.writeString(1, a.name);
                        attribute.writeInt64(3, a.value);
                        attribute.writeEnum(20, INT_ATTRIBUTE);
                    }));
        }
    }

    private static byte[] value(String name, long[] shape) {
        byte[] dimensions =
                message(all -> {
                    for (long extent : shape) {
                        all.writeByteArray(
                                1, message(dimension -> dimension.writeInt64(1, extent)));
                    }
                });
        byte[] tensor =
                message(t -> {
                    t.writeInt32(1, FLOAT);
                    t.writeByteArray(2, dimensions);
                });
        return message(value -> {
            value.writeString(1, name);
            value.writeByteArray(2, message(type -> type.writeByteArray(1, tensor)));
        });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
