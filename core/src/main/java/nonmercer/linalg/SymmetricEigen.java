package nonmercer.linalg;

import nonmercer.array.Array;

/// `A = V·diag(values)·Vᵀ` of a symmetric matrix.
///
/// @param values the eigenvalues, ascending, `[n]`
/// @param vectors orthonormal eigenvectors, column j for `values[j]`, `[n, n]`
public record SymmetricEigen(Array values, Array vectors) {}
