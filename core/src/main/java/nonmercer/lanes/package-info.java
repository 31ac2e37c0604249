/// The SIMD loops: the only code that touches the Vector API. The scalar twin of each loop is its
/// definition.
@org.jspecify.annotations.NullMarked
package nonmercer.lanes;
