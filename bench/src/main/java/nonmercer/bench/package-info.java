/// Measurements: what fraction of the machine's peak each operation reaches, beside its peers, in
/// one run.
@org.jspecify.annotations.NullMarked
package nonmercer.bench;
