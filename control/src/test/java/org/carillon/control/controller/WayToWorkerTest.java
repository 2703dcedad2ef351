package org.carillon.control.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.carillon.control.controller.WayToWorker.Due;
import org.carillon.control.controller.WorkerState.Failed;
import org.carillon.core.net.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WayToWorkerTest {

  private static final LinkLoss REFUSED = new LinkLoss(true, "connection refused");
  private static final LinkLoss BROKEN = new LinkLoss(false, "connection reset");
  private static final HostPort ADDRESS = new HostPort("10.0.0.1", 9100);
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private long nowNs = 5_000;
  private final WayToWorker way = way(0.5);

  private WayToWorker way(double random) {
    return new WayToWorker(ADDRESS, Duration.ofSeconds(60), () -> random, nowNs);
  }

  private void up() {
    way.opening(nowNs);
    way.heard();
  }

  @Test
  void aStreamIsOpenedAtOnceAndIsUpWhenSomethingIsHeardOnIt() {
    assertThat(way.due(nowNs - 1)).isEqualTo(Due.NOTHING);
    assertThat(way.due(nowNs)).isEqualTo(Due.OPEN);
    assertThat(way.hasStream()).isFalse();
    way.opening(nowNs);
    assertThat(way.due(nowNs)).isEqualTo(Due.NOTHING);
    assertThat(way.hasStream()).isTrue();
    assertThat(way.isUp()).isFalse();
    way.heard();
    assertThat(way.isUp()).isTrue();
    assertThat(way.hasStream()).isTrue();
    assertThat(way.reconnects()).isZero();
    assertThat(way.trouble()).isEmpty();
    assertThat(way.due(nowNs + 1_000 * SECOND_NS)).isEqualTo(Due.NOTHING);
  }

  @Test
  void aStreamThatNobodyAnswersOnIsDroppedAfterItsDeadline() {
    way.opening(nowNs);
    assertThat(way.due(nowNs + WayToWorker.OPEN_DEADLINE_NS - 1)).isEqualTo(Due.NOTHING);
    assertThat(way.due(nowNs + WayToWorker.OPEN_DEADLINE_NS)).isEqualTo(Due.DROP);
  }

  @ParameterizedTest
  @CsvSource({"0, 800", "0.5, 1000", "0.999999, 1199"})
  void aPauseIsUpToAFifthShorterOrLonger(double random, long pauseMs) {
    WayToWorker jittered = way(random);
    jittered.opening(nowNs);
    assertThat(jittered.lost(BROKEN, nowNs)).isEmpty();
    long pauseNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
    assertThat(jittered.due(nowNs + pauseNs - SECOND_NS / 1_000)).isEqualTo(Due.NOTHING);
    assertThat(jittered.due(nowNs + pauseNs + SECOND_NS / 1_000)).isEqualTo(Due.OPEN);
  }

  @Test
  void whoeverWasNeverReachedIsGivenUpAfterTheFourthTry() {
    for (long pauseNs : WayToWorker.PAUSES_NS) {
      way.opening(nowNs);
      assertThat(way.lost(BROKEN, nowNs)).isEmpty();
      assertThat(way.due(nowNs + pauseNs - 1)).isEqualTo(Due.NOTHING);
      nowNs += pauseNs;
      assertThat(way.due(nowNs)).isEqualTo(Due.OPEN);
    }
    way.opening(nowNs);
    assertThat(way.lost(BROKEN, nowNs))
        .hasValue(
            new Failed(
                Failed.Kind.CONNECTION,
                "10.0.0.1:9100 could not be reached in 4 tries: connection reset"));
    assertThat(way.hasStream()).isFalse();
  }

  @Test
  void whereNobodyListensTheReasonSaysSo() {
    for (int i = 0; i < 3; i++) {
      assertThat(way.lost(REFUSED, nowNs)).isEmpty();
    }
    assertThat(way.lost(REFUSED, nowNs))
        .hasValue(
            new Failed(
                Failed.Kind.CONNECTION,
                "nobody listens at 10.0.0.1:9100: start its worker first, or check host and"
                    + " port"));
  }

  @Test
  void aWayThatWasOpenIsTriedAgainAndAgainWithinItsGrace() {
    up();
    nowNs += 3 * SECOND_NS;
    assertThat(way.lost(BROKEN, nowNs)).isEmpty();
    assertThat(way.due(nowNs)).isEqualTo(Due.OPEN);
    assertThat(way.trouble()).hasValue("control stream lost: connection reset");
    long lostNs = nowNs;
    for (int i = 0; i < 10; i++) {
      way.opening(nowNs);
      assertThat(way.lost(new LinkLoss(false, "no route"), nowNs)).isEmpty();
      nowNs += WayToWorker.PAUSES_NS[Math.min(i, 2)];
      assertThat(way.due(nowNs)).isEqualTo(Due.OPEN);
    }
    assertThat(way.graceOver(lostNs + 60 * SECOND_NS - 1)).isEmpty();
    assertThat(way.graceOver(lostNs + 60 * SECOND_NS))
        .hasValue(
            new Failed(
                Failed.Kind.FAULT,
                "its control stream was lost and could not be taken up again within 1m: no route"));
  }

  @Test
  void aWayThatOpensAgainIsCountedAndHasItsWholeGraceAgain() {
    up();
    assertThat(way.lost(BROKEN, nowNs)).isEmpty();
    up();
    assertThat(way.reconnects()).isEqualTo(1);
    assertThat(way.trouble()).isEmpty();
    assertThat(way.graceOver(nowNs + 100 * SECOND_NS)).isEmpty();
    nowNs += 100 * SECOND_NS;
    way.heard();
    assertThat(way.reconnects()).isEqualTo(1);
    assertThat(way.lost(BROKEN, nowNs)).isEmpty();
    assertThat(way.graceOver(nowNs + 60 * SECOND_NS - 1)).isEmpty();
    assertThat(way.graceOver(nowNs + 60 * SECOND_NS)).isPresent();
  }

  @Test
  void aStreamThatBreaksAtOnceIsNotOpenedAtOnceAgain() {
    up();
    assertThat(way.lost(BROKEN, nowNs + 1)).isEmpty();
    assertThat(way.due(nowNs + SECOND_NS - 1)).isEqualTo(Due.NOTHING);
    assertThat(way.due(nowNs + SECOND_NS)).isEqualTo(Due.OPEN);
  }

  @Test
  void whoeverWasThereAndListensNoMoreHasDied() {
    up();
    assertThat(way.lost(BROKEN, nowNs)).isEmpty();
    assertThat(way.lost(REFUSED, nowNs)).isEmpty();
    // Only refusals in a row count.
    assertThat(way.lost(BROKEN, nowNs)).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(way.lost(REFUSED, nowNs)).isEmpty();
    }
    assertThat(way.lost(REFUSED, nowNs))
        .hasValue(new Failed(Failed.Kind.FAULT, "nobody listens at 10.0.0.1:9100 any more"));
  }
}
