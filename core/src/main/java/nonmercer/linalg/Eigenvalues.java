package nonmercer.linalg;

import nonmercer.array.Array;

/// The eigenvalues of a square matrix, with multiplicity, by ascending real part and, where that is
/// equal, imaginary part.
///
/// @param real the real parts, `[n]`
/// @param imaginary the imaginary parts, `[n]`; those of a real matrix come in pairs ±y
public record Eigenvalues(Array real, Array imaginary) {}
