package nonmercer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nonmercer.feature.FeatureName;

/// What the results say of the claims of Chowdhury et al. (2022).
///
/// @param runs trainings
/// @param costs time and memory
record LearnClaims(LearnRuns runs, List<LearnLine.Cost> costs) {
    private static final double MARGIN = SwapMetric.ACCURACY.margin();
    private static final double COMPARABLE = 2; // times as slow
    private static final double SURE = 0.01;
    private static final double LINEAR = 5; // of 4 times the length
    private static final double QUADRATIC = 12;

    /// A claim, what the results say, and what they are.
    record Sentence(String claim, String verdict, String evidence) {}

    private static final String HOLDS = "holds here";
    private static final String NOT = "does not hold here";
    private static final String UNTOLD = "cannot be told here";

    List<Sentence> all() {
        List<Sentence> all = new ArrayList<>();
        all.add(linear());
        all.add(
                against(
                        "Accuracy is comparable to that of other efficient Transformers",
                        LearnVariant.FAVOR));
        all.add(cost());
        all.add(impact());
        all.add(learning());
        all.add(
                against(
                        "Learned kernels keep up with exact softmax attention",
                        LearnVariant.EXACT));
        all.add(sharpness());
        all.add(noise());
        return all;
    }

    private Optional<LearnLine.Cost> cost(String name, int length) {
        return costs.stream()
                .filter(c -> c.attention().startsWith(name) && c.length() == length)
                .findFirst();
    }

    /// Time and memory at 4 times the length, from the longest pair of lengths that was measured.
    private Optional<double[]> growth(String name) {
        return costs.stream()
                .filter(c -> c.attention().startsWith(name))
                .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                .filter(c -> cost(name, c.length() / 4).isPresent())
                .findFirst()
                .map(c -> {
                    LearnLine.Cost less = cost(name, c.length() / 4).orElseThrow();
                    return new double[] {
                        c.seconds() / less.seconds(),
                        (double) c.bytes() / Math.max(1, less.bytes()),
                        less.length(),
                        c.length()
                    };
                });
    }

    private Sentence linear() {
        String claim = "Time and memory go from quadratic to linear";
        Optional<double[]> features = growth(FeatureName.GMM_PRF.text());
        Optional<double[]> waves = growth(FeatureName.GMM_RKS.text());
        Optional<double[]> fused = growth("exact, fused");
        Optional<double[]> pairs = growth("exact, all pairs");
        if (features.isEmpty() || waves.isEmpty() || fused.isEmpty()) {
            return new Sentence(
                    claim, UNTOLD, "nothing was measured yet: `--part measurements` does it");
        }
        boolean holds =
                Stream.of(features.get(), waves.get())
                                .allMatch(g -> g[0] <= LINEAR && g[1] <= LINEAR)
                        && fused.get()[0] >= QUADRATIC;
        return new Sentence(
                claim,
                holds ? HOLDS : NOT,
                "4 times the tokens, forward and backward: "
                        + growth("GMM-PRF", features)
                        + "; "
                        + growth("GMM-RKS", waves)
                        + "; "
                        + growth("exact, fused", fused)
                        + "; "
                        + growth("exact through all pairs", pairs)
                        + ". Exact attention in tiles has linear memory too: there only the time differs");
    }

    private static String growth(String name, Optional<double[]> g) {
        return g.map(x ->
                        String.format(
                                Locale.ROOT,
                                "%s %.1f times the time, %.1f times the memory (%,d to %,d)",
                                name,
                                x[0],
                                x[1],
                                (int) x[2],
                                (int) x[3]))
                .orElse(name + " not measured");
    }

    private static String verdict(List<Difference> differences) {
        boolean holds = differences.stream().allMatch(d -> d.interval().low() > -MARGIN);
        boolean not = differences.stream().anyMatch(d -> d.interval().high() < -MARGIN);
        return differences.isEmpty() ? UNTOLD : holds ? HOLDS : not ? NOT : UNTOLD;
    }

    /// The best of the six in each task, against one other.
    private Sentence against(String claim, String other) {
        List<Difference> found = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (LearnTask task : LearnTask.compared()) {
            List<Difference> all =
                    LearnVariant.learned().stream()
                            .flatMap(n ->
                                    runs
                                            .difference(task, LearnVariant.learned(n), other, 1)
                                            .stream())
                            .toList();
            all.stream()
                    .max((a, b) -> Double.compare(a.mean(), b.mean()))
                    .ifPresent(d -> {
                        found.add(d);
                        long less = all.stream().filter(x -> x.interval().high() < -MARGIN).count();
                        evidence.add(
                                task
                                        + ": the best of six, "
                                        + d.kernel()
                                        + ", "
                                        + print(d)
                                        + ", "
                                        + less
                                        + " of six worse by more than the margin");
                    });
        }
        return new Sentence(
                claim,
                verdict(found),
                "accuracy less that of " + other + ": " + String.join("; ", evidence));
    }

    private static String print(Difference d) {
        return d.print(d.mean(), d.interval()) + " over " + d.values().length + " seeds";
    }

    /// By a forward and backward pass at the greatest length that FAVOR+ was measured at.
    private Sentence cost() {
        String claim =
                "The computational cost is comparable to that of other efficient Transformers";
        String favor = FeatureName.FAVOR_PLUS.text();
        Optional<LearnLine.Cost> reference =
                costs.stream()
                        .filter(c -> c.attention().startsWith(favor + ","))
                        .max(Comparator.comparingInt(LearnLine.Cost::length));
        List<String> evidence = new ArrayList<>();
        double worst = 0;
        for (FeatureName name : LearnVariant.learned()) {
            Optional<LearnLine.Cost> own =
                    reference.flatMap(r -> cost(name.text() + ",", r.length()));
            if (own.isPresent()) {
                double ratio = own.get().seconds() / reference.orElseThrow().seconds();
                worst = Math.max(worst, ratio);
                evidence.add(
                        String.format(Locale.ROOT, "%s %.2f", LearnVariant.learned(name), ratio));
            }
        }
        return new Sentence(
                claim,
                evidence.isEmpty() ? UNTOLD : worst <= COMPARABLE ? HOLDS : NOT,
                evidence.isEmpty()
                        ? "nothing was measured yet: `--part measurements` does it"
                        : String.format(
                                Locale.ROOT,
                                "time of a forward and backward pass over %,d tokens over that of FAVOR+ with as many"
                                        + " features: %s",
                                reference.orElseThrow().length(),
                                String.join(", ", evidence)));
    }

    private Sentence impact() {
        String claim = "The choice of the kernel has a substantial impact";
        List<String> variants =
                Stream.concat(
                                Stream.of(LearnVariant.FAVOR, LearnVariant.ELU),
                                LearnVariant.learned().stream()
                                        .flatMap(n ->
                                                Stream.of(
                                                        LearnVariant.learned(n),
                                                        LearnVariant.fixed(n))))
                        .toList();
        List<String> evidence = new ArrayList<>();
        int sure = 0;
        for (LearnTask task : LearnTask.compared()) {
            Optional<LearnRuns.Impact> impact = runs.impact(task, variants);
            if (impact.isPresent()) {
                LearnRuns.Impact i = impact.get();
                sure += i.probability() <= SURE && i.share() > 0.5 ? 1 : 0;
                evidence.add(
                        String.format(
                                Locale.ROOT,
                                "%s: %.0f %% of the variance lies between %d variants and not between"
                                        + " %d seeds (p = %.4f)",
                                task,
                                100 * i.share(),
                                i.variants(),
                                i.seeds(),
                                i.probability()));
            }
        }
        return new Sentence(
                claim,
                evidence.isEmpty()
                        ? UNTOLD
                        : sure == evidence.size() ? HOLDS : sure == 0 ? UNTOLD : "holds in part",
                String.join("; ", evidence));
    }

    private Sentence learning() {
        List<Difference> found = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (LearnTask task : LearnTask.compared()) {
            List<Difference> own =
                    LearnVariant.learned().stream()
                            .flatMap(n ->
                                    runs
                                            .difference(
                                                    task,
                                                    LearnVariant.learned(n),
                                                    LearnVariant.fixed(n),
                                                    1)
                                            .stream())
                            .toList();
            found.addAll(own);
            if (!own.isEmpty()) {
                evidence.add(
                        task
                                + ": "
                                + own.stream()
                                        .map(d ->
                                                d.kernel() + " " + d.print(d.mean(), d.interval()))
                                        .collect(Collectors.joining(", ")));
            }
        }
        long better = found.stream().filter(d -> d.interval().low() > 0).count();
        return new Sentence(
                "Learned kernels keep up with fixed ones",
                verdict(found),
                "accuracy with the spectrum learned less that with it fixed, "
                        + better
                        + " of "
                        + found.size()
                        + " above 0 by the whole interval. "
                        + String.join("; ", evidence));
    }

    /// Prediction: cosines and sines with their constant cannot put more than about `2/L` of a
    /// row's weight on one key.
    private Sentence sharpness() {
        List<Difference> found = new ArrayList<>();
        for (FeatureName[] pair :
                new FeatureName[][] {
                    {FeatureName.GMM_RKS, FeatureName.GMM_PRF},
                    {FeatureName.FASTFOOD_RKS, FeatureName.FASTFOOD_PRF},
                    {FeatureName.GENERATIVE_RKS, FeatureName.GENERATIVE_PRF}
                }) {
            runs.difference(
                            LearnTask.NEEDLE,
                            LearnVariant.learned(pair[0]),
                            LearnVariant.learned(pair[1]),
                            1)
                    .ifPresent(found::add);
        }
        boolean all = found.stream().allMatch(d -> d.interval().high() < 0);
        boolean none = found.stream().allMatch(d -> d.interval().low() > -MARGIN);
        return new Sentence(
                "Not the paper's, but of its mathematics: RKS variants cannot attend sharply, so they"
                        + " fall behind PRF variants on the needle",
                found.isEmpty() ? UNTOLD : all ? HOLDS : none ? NOT : UNTOLD,
                "accuracy on the needle less that of the PRF variant of the same law: "
                        + found.stream()
                                .map(d -> d.kernel() + " " + d.print(d.mean(), d.interval()))
                                .collect(Collectors.joining(", ")));
    }

    /// The expected kernel of GMM-PRF is softmax with a learned metric: what its features lose
    /// against that is noise.
    private Sentence noise() {
        List<Difference> found = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (LearnTask task : LearnTask.compared()) {
            runs.difference(task, LearnVariant.learned(FeatureName.GMM_PRF), LearnVariant.METRIC, 1)
                    .ifPresent(d -> {
                        found.add(d);
                        evidence.add(task + ": " + print(d));
                    });
        }
        return new Sentence(
                "Not the paper's, but of its mathematics: GMM-PRF does what its expected kernel, softmax"
                        + " with a learned metric, does",
                verdict(found),
                "accuracy less that of exact attention with a learned diagonal metric: "
                        + String.join("; ", evidence));
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("| claim | | evidence |\n| --- | --- | --- |\n");
        all().forEach(s ->
                out.append("| ")
                        .append(
                                String.join(
                                        " | ",
                                        Arrays.asList(
                                                s.claim, "**" + s.verdict + "**", s.evidence)))
                        .append(" |\n"));
        return out.toString();
    }
}
