package nonmercer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Evidence of what the algebra makes, in its words, and what follows of a part's own evidence.
class EvidenceTextTest {
    private static String evidence(Kernel kernel, Trait trait) {
        return kernel.traits().of(trait).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "2*linear              # SYMMETRIC           # yes: a positive multiple (q·k is)",
                "2*linear              # NON_NEGATIVE        # no: k(1, -1) < 0, witness [[1.0], [-1.0]]",
                "2*linear              # INFINITELY_DIVISIBLE # unknown",
                "linear + cosine       # SYMMETRIC           # yes: a sum of symmetric kernels (q·k is)",
                "distance + squareddistance # STATIONARY     # yes: a sum of stationary kernels (a function of q - k)",
                "distance + squareddistance # NON_NEGATIVE   # yes: a sum of non-negative numbers (a distance; a sum of squares)",
                "distance + constant   # CONDITIONALLY_NEGATIVE_DEFINITE # yes: conditionally negative definite kernels are closed under sums (√ of a squared distance: Schoenberg 1938; c (Σᵢ cᵢ)² = 0)",
                "sumofminima + sumofminima # CONDITIONALLY_POSITIVE_DEFINITE # yes: conditionally positive definite kernels are closed under sums (min(a, b) = (a + b - |a - b|)/2: Schoenberg 1938)",
                "linear*cosine         # SYMMETRIC           # yes: a product of symmetric kernels (q·k is)",
                "linear*relu           # POSITIVE_DEFINITE   # yes: Schur product theorem, Schur 1911 (Σᵢⱼ cᵢ cⱼ xᵢ·xⱼ = ‖Σᵢ cᵢ xᵢ‖²; a dot product of features)",
                "gauss*expdot          # INFINITELY_DIVISIBLE # yes: (ab)ʳ = aʳbʳ and the Schur product theorem (a power is one with another c)",
                "gauss*distance        # STATIONARY          # yes: a product of stationary kernels (a function of q - k)",
                "relu*distance         # NON_NEGATIVE        # yes: a product of non-negative numbers (features are not negative; a distance)",
                "linear*distance       # NON_NEGATIVE        # unknown",
                "stretch(linear, 2)    # SYMMETRIC           # yes: both sides are mapped alike (q·k is)",
                "stretch(quadratic, 2) # POSITIVE_DEFINITE   # yes: Gram matrices of mapped points (polynomial of q·k with non-negative coefficients: Schur 1911)",
                "stretch(quadratic, 2) # NON_NEGATIVE        # yes: a square",
                "stretch(gauss, 2)     # STATIONARY          # yes: a linear map takes shifts to shifts (a function of q - k)",
                "stretch(gauss, 2)     # INFINITELY_DIVISIBLE # yes: Gram matrices of mapped points (a power is one with another c)",
                "stretch(distance, 2)  # CONDITIONALLY_NEGATIVE_DEFINITE # yes: Gram matrices of mapped points (√ of a squared distance: Schoenberg 1938)",
                "stretch(sumofminima, 2) # CONDITIONALLY_POSITIVE_DEFINITE # yes: Gram matrices of mapped points (min(a, b) = (a + b - |a - b|)/2: Schoenberg 1938)",
                "stretch(sumofminima, 2) # NON_NEGATIVE      # unknown",
                "normalised(quadratic) # POSITIVE_DEFINITE   # yes: divided by a number of each point (polynomial of q·k with non-negative coefficients: Schur 1911)",
                "normalised(gauss)     # STATIONARY          # yes: divided by a number of each point (a function of q - k)",
                "normalised(linear)    # NON_NEGATIVE        # unknown",
                "normalised(distance)  # CONDITIONALLY_NEGATIVE_DEFINITE # unknown",
                "power(linear, 3)      # SYMMETRIC           # yes: a function of a symmetric kernel (q·k is)",
                "power(gauss, 3)       # STATIONARY          # yes: a function of a stationary kernel (a function of q - k)",
                "laplace(one)          # POSITIVE_DEFINITE   # yes: the 1-norm is conditionally negative definite: Schoenberg 1938",
                "laplace(two)          # POSITIVE_DEFINITE   # yes: the distance is conditionally negative definite: Schoenberg 1938",
            })
    void theEvidenceOf(String kernel, Trait trait, String text) {
        assertEquals(text, evidence(KernelExpression.parse(kernel), trait));
    }

    static Stream<Kernel> catalogue() {
        return Catalogue.kernels().values().stream();
    }

    /// What a part has proved is proved, or left open, of a multiple, of stretched points, and of
    /// the kernel with itself; and a counter-example is one of the multiple only.
    @ParameterizedTest
    @MethodSource("catalogue")
    void operationsKeepWhatTheyKeep(Kernel kernel) {
        Traits own = kernel.traits();
        for (Trait trait : Trait.values()) {
            boolean proved = own.proved(trait);
            Kernel twice = new Scaled(Coefficient.of(2), kernel);
            assertEquals(proved, twice.traits().proved(trait));
            assertEquals(
                    own.of(trait) instanceof Evidence.Refuted,
                    twice.traits().of(trait) instanceof Evidence.Refuted);
            Warp stretch = new Warp.Stretch(Coefficient.of(2));
            assertEquals(proved, kernel.warped(stretch).traits().proved(trait), trait.words());
            boolean ofSum = trait != Trait.INFINITELY_DIVISIBLE;
            Kernel sum = new Sum(List.of(kernel, kernel));
            assertEquals(proved && ofSum, sum.traits().proved(trait), trait.words());
            Kernel square = new Product(List.of(kernel, kernel));
            boolean ofProduct =
                    switch (trait) {
                        case CONDITIONALLY_POSITIVE_DEFINITE -> own.proved(Trait.POSITIVE_DEFINITE);
                        case CONDITIONALLY_NEGATIVE_DEFINITE -> false;
                        default -> proved;
                    };
            assertEquals(ofProduct, square.traits().proved(trait), trait.words());
        }
    }

    /// Two maps leave only the sign of the values.
    @ParameterizedTest
    @MethodSource("catalogue")
    void twoMapsKeepOnlyTheSign(Kernel kernel) {
        Kernel towers = kernel.warped(new Warp.Identity(), new Signs());
        for (Trait trait : Trait.values()) {
            boolean kept = trait == Trait.NON_NEGATIVE && kernel.traits().proved(trait);
            assertEquals(kept, towers.traits().proved(trait), trait.words());
        }
    }

    @Test
    void aMapThatIsNotLinearMovesShifts() {
        Kernel folded = new Gauss().warped(new PositivePart());
        assertEquals("unknown", evidence(folded, Trait.STATIONARY));
        assertTrue(folded.traits().proved(Trait.INFINITELY_DIVISIBLE));
    }
}
