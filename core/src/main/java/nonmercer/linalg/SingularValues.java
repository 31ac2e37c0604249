package nonmercer.linalg;

import nonmercer.array.Array;

/// `A = U·diag(s)·Vᵀ` of an `[m, n]` matrix, with `r = min(m, n)`.
///
/// @param u orthonormal columns, `[m, r]`
/// @param s the singular values, descending, none negative, `[r]`
/// @param v orthonormal columns, `[n, r]`
public record SingularValues(Array u, Array s, Array v) {}
