package example;

import nonmercer.array.Array;
import nonmercer.array.Shape;

/// A program of one's own.
public final class Example {
    private Example() {}

    static Array rows() {
        return Array.matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6}).reshape(Shape.of(3, 2));
    }

    /// Prints a small array.
    public static void main(String[] args) {
        System.out.println(rows());
    }
}
