package example;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import nonmercer.attention.Attention;
import nonmercer.autodiff.Pass;
import nonmercer.autodiff.Tensor;
import nonmercer.kernel.Expression;
import nonmercer.kernel.FeatureMap;
import nonmercer.kernel.Pairing;
import nonmercer.kernel.Profile;
import nonmercer.kernel.Trait;
import nonmercer.kernel.Traits;
import nonmercer.proofs.Laws;
import org.junit.jupiter.api.Test;

/// The laws, for what a project brings of its own; and what one hears of what is wrong.
class LawsTest {
    /// `cos ‖q - k‖`, which says that it is positive definite: on the line it is, in the plane it is not.
    record CosineOfDistance() implements Profile {
        @Override
        public double at(double[] q, double[] k) {
            return Math.cos(Math.sqrt(Pairing.SQUARED_DISTANCE.at(q, k)));
        }

        @Override
        public Pairing pairing() {
            return Pairing.SQUARED_DISTANCE;
        }

        @Override
        public Expression profile(Expression s) {
            return s.sqrt().cos();
        }

        @Override
        public Traits traits() {
            return Traits.none().proved(Trait.POSITIVE_DEFINITE, "a cosine is");
        }
    }

    @Test
    void aWrongKernelIsCaughtWithTheCaseThatRefutesIt() {
        AssertionError caught = assertThrows(AssertionError.class, () -> Laws.of(new CosineOfDistance()).assertHold());
        String message = caught.getMessage();
        System.out.println(message);
        for (String part : new String[] {
            "CosineOfDistance breaks 1 of ",
            "GramOfPositiveDefiniteKernelIsPositiveSemidefinite",
            "no eigenvalue of the Gram matrix is negative",
            "refuted: statistic ",
            "case    [[",
            "seed    1"
        }) {
            assertTrue(message.contains(part), message);
        }
        Laws.of(new CosineOfDistance()).widths(1, 1).assertHold();
    }

    @Test
    void anAttentionOfOnesOwnKernelKeepsTheLaws() {
        Laws.of(Attention.of(new Cusp(0.5))).assertHold();
    }

    /// `x²` of each coordinate; those of keys may be wrong.
    record Squares(double ofKeys) implements FeatureMap {
        @Override
        public int dimension(int d) {
            return d;
        }

        @Override
        public Tensor queries(Tensor q, Pass pass) {
            return q.square();
        }

        @Override
        public Tensor keys(Tensor k, Pass pass) {
            // A row's features must not know how many other rows there are.
            return k.square().scale(1 + ofKeys * (k.dim(k.rank() - 2) - 1));
        }
    }

    @Test
    void aMapOfFeaturesIsTestedAsTheKernelItIs() {
        Laws.of(new Squares(0)).assertHold();
        AssertionError caught = assertThrows(AssertionError.class, () -> Laws.of(new Squares(0.5)).assertHold());
        assertTrue(caught.getMessage().contains("Squares breaks "), caught.getMessage());
    }

    @Test
    void anOperationOfOnesOwnIsTestedAgainstDifferences() {
        Laws.of(new Cube(3)).assertHold();
        AssertionError caught = assertThrows(
                AssertionError.class,
                () -> Laws.of(new Cube(2.9), draw -> draw.of(new Cube(2.9), draw.normal(draw.shape(1, 2)))).assertHold());
        assertTrue(caught.getMessage().contains("GradientOfOpIsLimitOfDifferences"), caught.getMessage());
    }
}
