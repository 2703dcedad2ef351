package org.carillon.events.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistanceTest {

  private static final long GAP_NS = 1_000_000;

  /** When events are sent by a sender that takes no time but for one stall. */
  private static List<Long> sent(int events, long gapNs, int stallBefore, long stallNs) {
    Distance distance = new Distance();
    List<Long> sent = new ArrayList<>();
    long nowNs = 0;
    for (int i = 0; i < events; i++) {
      if (i == stallBefore) {
        nowNs += stallNs;
      }
      long dueNs = i * gapNs;
      nowNs = Math.max(nowNs, dueNs);
      nowNs = Math.max(nowNs, distance.releaseNs(dueNs, nowNs));
      distance.sent(dueNs, nowNs);
      sent.add(nowNs);
    }
    return sent;
  }

  @Test
  void afterAStallEventsKeepHalfOfTheirDistanceUntilTheScheduleIsReached() {
    List<Long> sent = sent(60, GAP_NS, 10, 20 * GAP_NS);
    assertThat(sent.subList(0, 10)).containsExactlyElementsOf(onSchedule(0, 10));
    assertThat(sent.get(10)).as("at once").isEqualTo(29 * GAP_NS);
    for (int i = 11; i < 48; i++) {
      assertThat(sent.get(i) - sent.get(i - 1)).as("event %d", i).isEqualTo(GAP_NS / 2);
    }
    assertThat(sent.subList(48, 60)).containsExactlyElementsOf(onSchedule(48, 60));
  }

  private static List<Long> onSchedule(int from, int to) {
    List<Long> due = new ArrayList<>();
    for (int i = from; i < to; i++) {
      due.add(i * GAP_NS);
    }
    return due;
  }

  @Test
  void whoIsLessThanAMillisecondBehindSendsAtOnce() {
    List<Long> sent = sent(60, 100_000, 10, 1_000_000);
    assertThat(sent.subList(10, 19)).containsOnly(1_900_000L);
  }

  @Test
  void eventsThatAreDueTogetherAreSentTogetherEvenWhenTheyAreLate() {
    Distance distance = new Distance();
    distance.sent(0, 0);
    assertThat(distance.releaseNs(10, 50_000_000)).isEqualTo(10);
    distance.sent(10, 50_000_000);
    assertThat(distance.releaseNs(10, 50_000_000)).isEqualTo(50_000_000);
  }

  @Test
  void whoCannotKeepUpIsHeldUpByNothing() {
    Distance distance = new Distance();
    long nowNs = 0;
    for (int i = 0; i < 10_000; i++) {
      long dueNs = i * 1_000L;
      assertThat(distance.releaseNs(dueNs, nowNs)).isLessThanOrEqualTo(Math.max(nowNs, dueNs));
      distance.sent(dueNs, nowNs);
      nowNs += 2_000; // what sending takes
    }
  }
}
