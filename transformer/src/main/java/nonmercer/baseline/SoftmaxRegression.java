package nonmercer.baseline;

import java.util.Arrays;
import java.util.List;
import nonmercer.autodiff.optim.Lbfgs;
import nonmercer.baseline.WordVectors.Sparse;

/// The loss of multinomial logistic regression, `Σ -log softmax(W·x + b)[y] + λ/2 · ‖W‖²`, as a
/// function of its weights.
///
/// The weights are a matrix `[features + 1, classes]`, row by row; the last row is `b`, which is
/// not penalised.
///
/// @param rows the texts
/// @param classes the class of each
/// @param features the number of columns of a text
/// @param width the number of classes
/// @param strength `λ`
record SoftmaxRegression(List<Sparse> rows, int[] classes, int features, int width, double strength)
        implements Lbfgs.Objective {
    @Override
    public double at(double[] weights, double[] gradient) {
        int bias = features * width;
        double penalty = 0;
        for (int i = 0; i < bias; i++) {
            penalty += weights[i] * weights[i];
            gradient[i] = strength * weights[i];
        }
        Arrays.fill(gradient, bias, bias + width, 0);
        double loss = strength / 2 * penalty;
        double[] p = new double[width];
        for (int r = 0; r < classes.length; r++) {
            Sparse row = rows.get(r);
            scores(weights, row, p);
            loss += softmax(p, classes[r]);
            p[classes[r]] -= 1;
            for (int k = 0; k < row.places().length; k++) {
                int at = row.places()[k] * width;
                double x = row.values()[k];
                for (int c = 0; c < width; c++) {
                    gradient[at + c] += x * p[c];
                }
            }
            for (int c = 0; c < width; c++) {
                gradient[bias + c] += p[c];
            }
        }
        return loss;
    }

    /// `W·x + b`.
    private void scores(double[] weights, Sparse row, double[] out) {
        System.arraycopy(weights, features * width, out, 0, width);
        for (int k = 0; k < row.places().length; k++) {
            int at = row.places()[k] * width;
            double x = row.values()[k];
            for (int c = 0; c < width; c++) {
                out[c] += x * weights[at + c];
            }
        }
    }

    /// The class with the highest score; of equal ones the first.
    int predict(double[] weights, Sparse row) {
        double[] scores = new double[width];
        scores(weights, row, scores);
        int best = 0;
        for (int c = 1; c < width; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /// Turns scores into probabilities; returns `-log` of that of the true class.
    private static double softmax(double[] scores, int truth) {
        double most = Double.NEGATIVE_INFINITY;
        for (double s : scores) {
            most = Math.max(most, s);
        }
        double score = scores[truth] - most;
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = Math.exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= sum;
        }
        return Math.log(sum) - score;
    }
}
