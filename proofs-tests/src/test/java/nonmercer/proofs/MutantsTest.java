package nonmercer.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every mutant there is, by name. `ClaimsTest` shows each of them refuted; this list shows that none got lost.
class MutantsTest {
    private static final String MUTANTS = """
            A1 RowsSumToOneOrZero: weights normalised over the queries
            A1 RowsSumToOneOrZero: weights not normalised
            A1 RowsSumToOneOrZero: 0/0 in a row that sees nothing
            A2 FutureDoesNotMoveThePast: mask dropped
            A2 FutureDoesNotMoveThePast: mask one key too far
            A2 FutureDoesNotMoveThePast: mask after the softmax
            A2 FutureDoesNotMoveThePast: -10 for -∞
            A3 PaddingDoesNotMoveTheRest: mask dropped
            A3 PaddingDoesNotMoveTheRest: -10 for -∞
            A3 PaddingDoesNotMoveTheRest: mask after the softmax
            A3 PaddingDoesNotMoveTheRest: the first sequence's mask for all of the batch, one key too far
            A4 PaddedEqTrimmed: mask dropped
            A4 PaddedEqTrimmed: mask after the softmax: padding counts in the sum
            A4 PaddedEqTrimmed: -10 for -∞
            A5 OrderOfKeysDoesNotMatter: later keys weigh more
            A5 OrderOfKeysDoesNotMatter: values not permuted with their keys
            A6 OrderOfQueriesPermutesRows: weights fall with the distance of the positions
            A6 OrderOfQueriesPermutesRows: a causal mask nobody asked for
            A7 BlindQueryGetsZeros: -10⁹ for -∞: a blind query sees everything alike
            A7 BlindQueryGetsZeros: 0/0
            A7 BlindQueryGetsZeros: mask dropped
            A8 AttentionEqDefinition: softmax of a kernel that is no exponential
            A8 AttentionEqDefinition: scale 1/√d left out
            A8 AttentionEqDefinition: mask dropped
            A8 AttentionEqDefinition: weights normalised over the queries
            A9 GradientOfAttentionIsLimitOfDifferences: no gradient to the keys
            A9 GradientOfAttentionIsLimitOfDifferences: no gradient through the sum of the weights
            C1 FeaturesOfExpDotSumToItsTaylorPolynomial: a! left out
            C1 FeaturesOfExpDotSumToItsTaylorPolynomial: d^(-n/4) left out
            C1 FeaturesOfExpDotSumToItsTaylorPolynomial: the printed coefficients √(n!/a!)/d^(1/4): a geometric series
            C1 FeaturesOfExpDotSumToItsTaylorPolynomial: one multi-index dropped
            C1 FeaturesOfExpDotSumToItsTaylorPolynomial: multi-indices of the keys in another order
            C2 TaylorRemainderBoundsTheError: cut off one degree early
            C2 TaylorRemainderBoundsTheError: eᵃ left out of the remainder
            C3a FeaturesOfExpDotAreIndependent: homogeneous features: of degree p only
            C3a FeaturesOfExpDotAreIndependent: a feature twice, another not at all
            C3b NumberOfTaylorFeaturesIsBinomial: homogeneous features: of degree p only
            C7 PairingReproducesSections: κ(y, x) for κ(x, y)
            C7 PairingReproducesSections: transposed Gram matrix
            C7 PairingReproducesSections: symmetrised Gram matrix
            C7 PairingReproducesSections: a repeated centre counted once
            C9a GramOfTiedTowersIsPositiveSemidefinite: matrix of the keys transposed
            C9a GramOfTiedTowersIsPositiveSemidefinite: sign of the keys
            C9b UntiedTowersAreIndefinite: form silently symmetrised
            C9b UntiedTowersAreIndefinite: absolute values of the eigenvalues
            C9b UntiedTowersAreIndefinite: the projected query for both arguments
            C9c LeastBlockEigenvalueOfRotationIsCosine: monomial basis not orthonormal
            C9c LeastBlockEigenvalueOfRotationIsCosine: one degree too few
            C9c LeastBlockEigenvalueOfRotationIsCosine: form silently symmetrised
            C9d TwoOppositePointsHaveClosedSpectrum: absolute values of the eigenvalues
            C9d TwoOppositePointsHaveClosedSpectrum: the projected query for both arguments
            C9d TwoOppositePointsHaveClosedSpectrum: the map of the keys forgotten
            C9e GramIsSymmetricOnlyIfFormIs: kernel silently symmetrised
            C9e GramIsSymmetricOnlyIfFormIs: the projected query for both arguments
            C11a RowScalingKeepsRank: softmax of the kernel's values: an exponential in the way
            C11a RowScalingKeepsRank: offset forgotten
            C11b TiedWeightsHaveRealSpectrum: keys turned in the plane of two coordinates
            C11b TiedWeightsHaveRealSpectrum: sign of the keys
            C11c GaussWeightsEqBiasedExpDotWeights: bias of the keys dropped
            C11c GaussWeightsEqBiasedExpDotWeights: normalised over the queries
            C11c GaussWeightsEqBiasedExpDotWeights: exp(-c‖q-k‖²/2)
            C11d SoftmaxIgnoresQueryOnlyTerms: exponentials not normalised
            C11d SoftmaxIgnoresQueryOnlyTerms: normalised over the queries
            C11e LogWeightsMoveAtMostTwiceTheLogits: temperature 1/2
            C11e LogWeightsMoveAtMostTwiceTheLogits: weights rounded to float32
            C11e LogWeightsMoveAtMostTwiceTheLogits: hard maximum
            C13a InertiaOfDistanceIsOnePositive: squared distance: rank at most d + 2
            C13a InertiaOfDistanceIsOnePositive: sign of the distance
            C13a InertiaOfDistanceIsOnePositive: exponential of minus the distance squared
            C13b RankOfQuadraticIsNumberOfMonomials: offset forgotten
            C13b RankOfQuadraticIsNumberOfMonomials: offset where there should be none
            C13b RankOfQuadraticIsNumberOfMonomials: an exponential
            C13c SumOfMinimaIsPositiveSemidefiniteOnOrthant: max for min
            C13c SumOfMinimaIsPositiveSemidefiniteOnOrthant: minimum less a constant
            C13d SumOfMinimaHasAtMostOneNegativeEigenvalue: max for min
            C13d SumOfMinimaHasAtMostOneNegativeEigenvalue: an exponential before its time
            C13e ExponentialOfConditionallyDefiniteIsDefinite: +‖q-k‖: the sign of the distance
            C13e ExponentialOfConditionallyDefiniteIsDefinite: max for min
            C13e ExponentialOfConditionallyDefiniteIsDefinite: -‖q-k‖³: the power beyond 2
            C13f DeterminantOfMinimaIsProductOfGaps: max for min
            C13f DeterminantOfMinimaIsProductOfGaps: an absolute difference
            K1 SpecimenIsExact: exp(-‖q-k‖²/2) for exp(-‖q-k‖²)
            K1 SpecimenIsExact: scale 1/√d left out
            K2 ProfileEqDefinition: scale 1/√d left out of the profile
            K2 ProfileEqDefinition: exp(-s/2) for exp(-s)
            K3 SlopeIsLimitOfDifferences: 2.1 for 2.0 in the slope of a square
            K3 SlopeIsLimitOfDifferences: sign of the slope
            K3 SlopeIsLimitOfDifferences: slope with respect to the logarithm of s
            K4 TapeSlopeEqSymbolicSlope: half of the graph cut off by a copy
            K4 TapeSlopeEqSymbolicSlope: scale 1/√d applied twice
            K5 LogFormEqLogOfKernel: a logarithm to base 2
            K5 LogFormEqLogOfKernel: the logarithm of a sum as the sum of the logarithms
            K6 GramEqDefinition: scale 1/√d left out
            K6 GramEqDefinition: exp(-s/2) for exp(-s)
            K6 GramEqDefinition: the map of the keys forgotten
            K7 GradientOfGramIsLimitOfDifferences: half of the graph cut off by a copy
            K7 GradientOfGramIsLimitOfDifferences: no gradient to the keys
            K8 SymmetricKernelIgnoresOrder: untied maps of queries and keys, said to be symmetric
            K9 GramOfPositiveDefiniteKernelIsPositiveSemidefinite: cosine of a norm
            K9 GramOfPositiveDefiniteKernelIsPositiveSemidefinite: periodic function of a norm
            K9 GramOfPositiveDefiniteKernelIsPositiveSemidefinite: exponential of +‖x-y‖
            K9 GramOfPositiveDefiniteKernelIsPositiveSemidefinite: exponential of +Σ|xₗ-yₗ|
            K9 GramOfPositiveDefiniteKernelIsPositiveSemidefinite: sum of minima of signed points, without the exponential
            K10 StationaryKernelIgnoresTranslation: a trait by default: stationary because it has a lengthscale
            K10 StationaryKernelIgnoresTranslation: a bell that widens away from the origin
            K11 NonNegativeKernelIsNonNegative: a dot product
            K11 NonNegativeKernelIsNonNegative: the root of a difference that may be negative
            K12 CounterExampleRefutesTrait: a stationary kernel said not to be
            K12 CounterExampleRefutesTrait: a positive definite kernel said not to be
            K13 RankOfGramIsFeatureDimension: a quadratic with an offset said to be homogeneous
            K13 RankOfGramIsFeatureDimension: a homogeneous quadratic said to have an offset
            K13 RankOfGramIsFeatureDimension: an infinite kernel said to have three features
            K14 InfiniteKernelOutranksPolynomials: a quadratic said to be infinite
            """;

    @Test
    void noneGotLost() {
        String found = Catalogue.claims().stream()
                .flatMap(claim -> claim.mutants().stream().map(m -> claim.id() + " " + claim.name() + ": " + m.name() + "\n"))
                .collect(Collectors.joining());
        assertEquals(MUTANTS, found);
    }
}
