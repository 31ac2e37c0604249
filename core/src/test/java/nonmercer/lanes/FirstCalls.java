package nonmercer.lanes;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Runs in a JVM of its own ([FirstCallTest]): prints, for each loop, a hash of the bits of its
/// first call and of a call after as many as the argument says (after two where the same loop runs
/// in place).
final class FirstCalls {
    private static final int N = 21;

    private FirstCalls() {}

    /// Prints the lanes in use, then `loop<TAB>first<TAB>later` a line.
    public static void main(String[] arguments) {
        int calls = Integer.parseInt(arguments[0]);
        System.out.println("lanes\t" + Lanes.bits() + "\t" + Lanes.vector());
        Map<String, Integer> first = new HashMap<>();
        DoubleCatalogue.loops().forEach((name, loop) -> first.put("f64 " + name, hashDouble(loop)));
        FloatCatalogue.loops().forEach((name, loop) -> first.put("f32 " + name, hashFloat(loop)));
        DoubleCatalogue.loops()
                .forEach((name, loop) -> {
                    warmDouble(loop, name.endsWith("in place") ? 1 : calls);
                    System.out.println(
                            "f64 "
                                    + name
                                    + "\t"
                                    + first.get("f64 " + name)
                                    + "\t"
                                    + hashDouble(loop));
                });
        FloatCatalogue.loops()
                .forEach((name, loop) -> {
                    warmFloat(loop, name.endsWith("in place") ? 1 : calls);
                    System.out.println(
                            "f32 "
                                    + name
                                    + "\t"
                                    + first.get("f32 " + name)
                                    + "\t"
                                    + hashFloat(loop));
                });
    }

    private static void warmDouble(DoubleCatalogue.Loop loop, int calls) {
        double[][] arrays = doubles();
        for (int i = 0; i < calls; i++) {
            loop.run(Lanes.doubles(), arrays, new int[4], N);
        }
    }

    private static void warmFloat(FloatCatalogue.Loop loop, int calls) {
        float[][] arrays = floats();
        for (int i = 0; i < calls; i++) {
            loop.run(Lanes.floats(), arrays, new int[4], N);
        }
    }

    private static int hashDouble(DoubleCatalogue.Loop loop) {
        double[][] arrays = doubles();
        double value = loop.run(Lanes.doubles(), arrays, new int[4], N);
        return 31 * Double.hashCode(value) + Arrays.deepHashCode(arrays);
    }

    private static int hashFloat(FloatCatalogue.Loop loop) {
        float[][] arrays = floats();
        float value = loop.run(Lanes.floats(), arrays, new int[4], N);
        return 31 * Float.hashCode(value) + Arrays.deepHashCode(arrays);
    }

    private static double[][] doubles() {
        return new double[][] {
            Samples.doubles(1, N + 8),
            Samples.doubles(2, N + 8),
            Samples.doubles(3, N + 8),
            Samples.doubles(4, N + 8)
        };
    }

    private static float[][] floats() {
        return new float[][] {
            Samples.floats(1, N + 8),
            Samples.floats(2, N + 8),
            Samples.floats(3, N + 8),
            Samples.floats(4, N + 8)
        };
    }
}
