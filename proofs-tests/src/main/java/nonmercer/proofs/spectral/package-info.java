/// What random features and their laws promise (Rahimi & Recht 2007, Choromanski et al. 2021,
/// Chowdhury et al. 2022), as claims.
@org.jspecify.annotations.NullMarked
package nonmercer.proofs.spectral;
