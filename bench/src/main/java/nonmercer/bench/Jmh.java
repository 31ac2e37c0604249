package nonmercer.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures by JMH: each contestant of a case in a JVM of its own, started as this one was, an
/// iteration a round. JMH's own report, with what a call allocates (`-prof gc`), goes to the log.
public final class Jmh implements Meter {
    private final int iterations;
    private final TimeValue iteration;
    private final int threads;
    private final PrintStream log;

    /// Iterations of so many seconds, after half as many to warm up.
    public Jmh(int iterations, double seconds, int threads, PrintStream log) {
        this.iterations = iterations;
        this.iteration = TimeValue.milliseconds(Math.max(1, Math.round(1e3 * seconds)));
        this.threads = threads;
        this.log = log;
    }

    @Override
    public Row measure(Case c) {
        if (c.amount().limit() instanceof Limit.Heap) {
            return new Rounds(Budget.THOROUGH, threads).measure(c); // counted, not timed
        }
        Case.Contest contest = c.contest().get();
        contest.check().run();
        List<Peer> peers = contest.peers();
        List<String> names = new ArrayList<>(List.of("nonmercer"));
        peers.forEach(peer -> names.add(peer.name()));
        for (int i = 1; i <= c.amount().limit().loads(threads).size(); i++) {
            names.add("bound " + i);
        }
        List<Sample> samples = names.stream().map(name -> sample(c, name)).toList();
        return Row.of(c, threads, peers, samples);
    }

    private Sample sample(Case c, String contestant) {
        var options =
                new OptionsBuilder()
                        .include("^" + CaseBenchmark.class.getName() + ".run$")
                        .param("row", c.id())
                        .param("contestant", contestant)
                        .jvmArgsAppend("-Dnonmercer.threads=" + threads)
                        .warmupIterations((iterations + 1) / 2)
                        .warmupTime(iteration)
                        .measurementIterations(iterations)
                        .measurementTime(iteration)
                        .addProfiler("gc")
                        .shouldFailOnError(true)
                        .build();
        try {
            Collection<RunResult> results =
                    new Runner(
                                    options,
                                    OutputFormatFactory.createFormatInstance(
                                            log, VerboseMode.NORMAL))
                            .run();
            List<Double> rates = new ArrayList<>();
            for (RunResult result : results) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    for (IterationResult each : fork.getIterationResults()) {
                        rates.add(rate(each));
                    }
                }
            }
            return new Sample(rates);
        } catch (RunnerException e) {
            throw new IllegalStateException(
                    "JMH could not measure " + contestant + " at " + c.id(), e);
        }
    }

    private static double rate(IterationResult iteration) {
        return Objects.requireNonNull(
                        iteration.getSecondaryResults().get("giga"), "CaseBenchmark counts giga")
                .getScore();
    }
}
