/// The peers that stand on native code: OpenBLAS, libtorch and ONNX Runtime. Built with the profile
/// `native-peers` only.
@org.jspecify.annotations.NullMarked
package nonmercer.bench.natives;
