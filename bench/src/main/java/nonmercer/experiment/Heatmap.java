package nonmercer.experiment;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/// A matrix as a picture: one cell an element, dark blue for the least value, yellow for the
/// largest.
final class Heatmap {
    private static final int CELL = 10; // pixels
    private static final int[] SCALE = {
        0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725
    }; // viridis at 0, ¼, ½, ¾, 1

    private Heatmap() {}

    /// The picture as the text of a `data:` address, a PNG.
    static String dataAddress(double[][] matrix) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] row : matrix) {
            for (double v : row) {
                least = Math.min(least, v);
                largest = Math.max(largest, v);
            }
        }
        int rows = matrix.length;
        int columns = matrix[0].length;
        BufferedImage image =
                new BufferedImage(columns * CELL, rows * CELL, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < rows * CELL; y++) {
            for (int x = 0; x < columns * CELL; x++) {
                double v = matrix[y / CELL][x / CELL];
                image.setRGB(x, y, colour(largest > least ? (v - least) / (largest - least) : 0));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    /// The colour at `t` in `[0, 1]`, linear between the points of the scale.
    static int colour(double t) {
        double place = t * (SCALE.length - 1);
        int i = Math.min((int) place, SCALE.length - 2);
        double f = place - i;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = SCALE[i] >> shift & 255;
            int b = SCALE[i + 1] >> shift & 255;
            rgb = rgb << 8 | (int) Math.round(a + f * (b - a));
        }
        return rgb;
    }
}
