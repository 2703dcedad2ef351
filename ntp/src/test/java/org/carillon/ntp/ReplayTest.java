package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.carillon.clock.Assumptions;
import org.carillon.clock.BoundedClock;
import org.carillon.clock.DriftBound;
import org.carillon.clock.WanderBound;
import org.carillon.core.time.Reading;
import org.carillon.ntp.simulation.RecordedTrace;
import org.carillon.ntp.simulation.Scenario;
import org.carillon.ntp.simulation.Server;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded offsets and delays, played again: a small trace that is part of the tests, and those
 * beside a checkout where it is developed, which belong to others.
 */
class ReplayTest {

  private static final Path RECORDINGS =
      Path.of(System.getProperty("carillon.traces", "../../shared/data/clock-traces"));

  private static final int READINGS_PER_POLL = 40;

  /** A clock's frequency jumps from one straight line to the next. */
  private static Assumptions assumptions(RecordedTrace clock) {
    return new Assumptions(
        new DriftBound(Math.max(50, clock.steepestPpm() * 1.01)), WanderBound.NONE);
  }

  private static List<Path> files() throws IOException, URISyntaxException {
    List<Path> files = new ArrayList<>();
    files.add(Path.of(RecordedTrace.class.getResource("trace.csv").toURI()));
    if (Files.isDirectory(RECORDINGS)) {
      try (Stream<Path> recordings = Files.list(RECORDINGS)) {
        recordings.filter(file -> file.toString().endsWith(".csv")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  /** Every trace, with every offset or only those of fast samples for the clock's motion. */
  private static List<Arguments> replays() throws IOException, URISyntaxException {
    List<Arguments> replays = new ArrayList<>();
    for (Path file : files()) {
      RecordedTrace trace = RecordedTrace.read(file);
      for (RecordedTrace.Split split : RecordedTrace.Split.values()) {
        for (int many : new int[] {1, 20}) {
          String name = "%s, %s, fastest of %d".formatted(file.getFileName(), split, many);
          replays.add(Arguments.argumentSet(name, trace, trace.fastestOf(many), split));
        }
      }
    }
    return replays;
  }

  @ParameterizedTest
  @MethodSource("replays")
  void trueTimeIsInsideAllAlong(
      RecordedTrace trace, RecordedTrace clock, RecordedTrace.Split split) {
    DoubleStream.Builder halfWidthsNs = DoubleStream.builder();
    Scenario scenario =
        new Scenario(
            "replay",
            clock.clock(),
            List.of(Server.exact("recorded", trace.path(split))),
            trace.poll(),
            trace.length(),
            5);
    BoundedClock bounded =
        new ScenarioRun(scenario, assumptions(clock))
            .play(
                READINGS_PER_POLL,
                new ScenarioRun.Observer() {
                  @Override
                  public void at(long trueNs, long localNs, BoundedClock now) {
                    Reading reading = now.at(localNs).reading().orElseThrow();
                    assertThat(trueNs).isBetween(reading.earliestNs(), reading.latestNs());
                    halfWidthsNs.add(reading.widthNs() / 2.0);
                  }
                });
    assertThat(bounded.broken().count()).isZero();
    double[] sortedNs = halfWidthsNs.build().sorted().toArray();
    double[] delaysNs =
        trace.rows().stream().mapToDouble(RecordedTrace.Row::delayNs).sorted().toArray();
    double driftNs = trace.poll().toNanos() * assumptions(clock).drift().ppm() * 1e-6;
    assertThat(sortedNs[sortedNs.length / 2])
        .as("half width in the middle, of what a median sample alone would leave")
        .isLessThan(delaysNs[delaysNs.length / 2] / 2 + driftNs);
  }
}
