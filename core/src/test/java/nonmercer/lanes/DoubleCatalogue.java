// twin: float
package nonmercer.lanes;

import java.util.LinkedHashMap;
import java.util.Map;

/// Every loop of [DoubleLanes] under one signature, by name.
final class DoubleCatalogue {
    /// A loop over arrays `a b c d`; array k is used from `at + k mod 4`. What it writes, it writes
    /// to `d` or in place.
    interface Loop {
        /// Runs the loop on n elements; returns its number if it has one, else 0.
        double run(DoubleLanes lanes, double[][] arrays, int[] at, int n);
    }

    private interface Plain {
        void run(DoubleLanes lanes, double[][] arrays, int[] at, int n);
    }

    private static final int COORDINATES = 5;
    private static final int ROWS = 11; // eight and three

    private DoubleCatalogue() {}

    static Map<String, Loop> loops() {
        Map<String, Loop> all = new LinkedHashMap<>();
        for (Unary f : Unary.values()) {
            put(all, f.name(), (v, x, o, n) -> v.unary(f, x[0], o[0], x[3], o[3], n));
            put(all, f + " in place", (v, x, o, n) -> v.unary(f, x[0], o[0], x[0], o[0], n));
        }
        for (Binary f : Binary.values()) {
            put(all, f.name(), (v, x, o, n) -> v.binary(f, x[0], o[0], x[1], o[1], x[3], o[3], n));
            put(
                    all,
                    f + " in place",
                    (v, x, o, n) -> v.binary(f, x[0], o[0], x[1], o[1], x[1], o[1], n));
            put(
                    all,
                    f + " with a number",
                    (v, x, o, n) -> v.binary(f, x[0], o[0], x[2][0], x[3], o[3], n));
            put(
                    all,
                    f + " of a number",
                    (v, x, o, n) -> v.binary(f, x[2][0], x[0], o[0], x[3], o[3], n));
        }
        rows(all);
        updates(all);
        for (Pairing f : Pairing.values()) {
            put(
                    all,
                    f.name(),
                    (v, x, o, n) ->
                            v.pair(
                                    f,
                                    x[0],
                                    0,
                                    Math.min(n, COORDINATES),
                                    x[1],
                                    0,
                                    n / COORDINATES,
                                    x[3],
                                    o[3],
                                    n / COORDINATES));
            all.put(
                    f + " gradient",
                    (v, x, o, n) ->
                            v.pairGradient(f, x[1][o[1]], x[1], o[1], x[2], o[2], x[3], o[3], n));
        }
        return all;
    }

    private static void rows(Map<String, Loop> all) {
        put(all, "affine", (v, x, o, n) -> v.affine(x[0], o[0], x[2][1], x[2][2], x[3], o[3], n));
        put(all, "centre", (v, x, o, n) -> v.centre(x[0], o[0], x[2][1], x[2][2], x[3], o[3], n));
        put(
                all,
                "standardise",
                (v, x, o, n) ->
                        v.standardise(x[0], o[0], x[2][1], x[2][2], x[1], x[2], x[3], o[3], n));
        put(all, "expShifted", (v, x, o, n) -> v.expShifted(x[0], o[0], x[2][1], x[3], o[3], n));
        put(
                all,
                "expShifted in place",
                (v, x, o, n) -> v.expShifted(x[0], o[0], x[2][1], x[0], o[0], n));
        put(all, "addScaled", (v, x, o, n) -> v.addScaled(x[2][1], x[0], o[0], x[3], o[3], n));
        put(all, "addProduct", (v, x, o, n) -> v.addProduct(x[0], o[0], x[1], o[1], x[3], o[3], n));
        put(
                all,
                "select",
                (v, x, o, n) -> {
                    v.unary(Unary.STEP, x[2], o[2], x[3], o[3], n);
                    v.select(x[3], o[3], x[0], o[0], x[1], o[1], x[3], o[3], n);
                });
        put(
                all,
                "select by any mask",
                (v, x, o, n) -> v.select(x[2], o[2], x[0], o[0], x[1], o[1], x[3], o[3], n));
        put(
                all,
                "softmaxGradient",
                (v, x, o, n) -> v.softmaxGradient(x[0], o[0], x[1], o[1], x[3], o[3], 1, n));
        put(
                all,
                "softmaxGradient of rows",
                (v, x, o, n) ->
                        v.softmaxGradient(x[0], o[0], x[1], o[1], x[3], o[3], ROWS, n / ROWS));
        put(
                all,
                "residual",
                (v, x, o, n) ->
                        v.residual(
                                x[0], o[0], x[1], o[1], x[2][1], x[2][2], x[2][3], x[3], o[3], n));
        all.put("sum", (v, x, o, n) -> v.sum(x[0], o[0], n));
        all.put("dot", (v, x, o, n) -> v.dot(x[0], o[0], x[1], o[1], n));
        all.put("squaredDeviations", (v, x, o, n) -> v.squaredDeviations(x[0], o[0], x[2][1], n));
        all.put("sumExp", (v, x, o, n) -> v.sumExp(x[0], o[0], x[2][1], n));
        all.put(
                "expShiftedSum",
                (v, x, o, n) -> v.expShiftedSum(x[0], o[0], x[2][1], x[3], o[3], n));
        all.put(
                "expShiftedSum in place",
                (v, x, o, n) -> v.expShiftedSum(x[0], o[0], x[2][1], x[0], o[0], n));
        all.put("max", (v, x, o, n) -> v.max(x[0], o[0], n));
        all.put("min", (v, x, o, n) -> v.min(x[0], o[0], n));
        all.put("indexOfMax", (v, x, o, n) -> n == 0 ? -1 : v.indexOfMax(x[0], o[0], n));
        all.put("firstNonFinite", (v, x, o, n) -> v.firstNonFinite(x[0], o[0], n));
    }

    private static void updates(Map<String, Loop> all) {
        put(
                all,
                "addRows",
                (v, x, o, n) -> v.addRows(x[0], o[0], n / ROWS, ROWS, x[3], o[3], n / ROWS));
        put(
                all,
                "adam",
                (v, x, o, n) ->
                        v.adam(
                                AdamStep.of(3, 0.01, 0.9, 0.999, 1e-8, 0.1),
                                x[0],
                                o[0],
                                x[1],
                                o[1],
                                x[2],
                                o[2],
                                x[3],
                                o[3],
                                n));
        put(
                all,
                "momentum",
                (v, x, o, n) ->
                        v.momentum(0.01, 0.9, 0.001, x[0], o[0], x[1], o[1], x[3], o[3], n));
    }

    private static void put(Map<String, Loop> all, String name, Plain loop) {
        all.put(
                name,
                (lanes, arrays, at, n) -> {
                    loop.run(lanes, arrays, at, n);
                    return 0.0;
                });
    }
}
