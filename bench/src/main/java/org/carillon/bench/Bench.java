package org.carillon.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of one class and prints what an operation costs.
 *
 * <p>Medians of batches, not means of seconds: a batch is shorter than a slice of the scheduler, so
 * the median stays what the code costs even where other programs want the processor.
 */
final class Bench {

  private static final int FORKS = 2;
  private static final int ITERATIONS = 4;

  private Bench() {}

  /**
   * @param args name of a class of this package
   */
  public static void main(String[] args) throws RunnerException {
    String name = Bench.class.getPackageName() + "." + args[0];
    print(
        new Runner(
                new OptionsBuilder()
                    .include("^" + name.replace(".", "\\.") + "\\.")
                    .mode(Mode.SampleTime)
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(FORKS)
                    .warmupIterations(ITERATIONS)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(ITERATIONS)
                    .measurementTime(TimeValue.seconds(1))
                    // As the launchers have it.
                    .jvmArgs(
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow")
                    .addProfiler(GCProfiler.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run());
  }

  private static void print(Collection<RunResult> results) {
    System.out.printf(
        "%-20s %9s %9s %9s %16s %7s%n",
        "ns per operation", "median", "10 %", "90 %", "mean ± error", "B/op");
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      System.out.printf(
          Locale.ROOT,
          "%-20s %9.0f %9.0f %9.0f %16s %7.1f%n",
          time.getLabel(),
          time.getStatistics().getPercentile(50),
          time.getStatistics().getPercentile(10),
          time.getStatistics().getPercentile(90),
          String.format(Locale.ROOT, "%.0f ± %.0f", time.getScore(), time.getScoreError()),
          result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
  }
}
