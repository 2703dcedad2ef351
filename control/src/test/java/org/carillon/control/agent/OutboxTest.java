package org.carillon.control.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.carillon.control.statistics.LatencyHistogram;
import org.carillon.control.statistics.LatencyRecorder;
import org.carillon.control.wire.Completed;
import org.carillon.control.wire.Progress;
import org.carillon.control.wire.Ready;
import org.carillon.control.wire.Running;
import org.carillon.control.wire.StatusMessage;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Outbox outbox = new Outbox();
  private final List<StatusMessage> sent = new ArrayList<>();

  @Test
  void whatIsNotAcknowledgedIsSentAgainInItsOrder() {
    outbox.add(ready());
    outbox.add(running(2));
    outbox.add(running(3));
    send();
    outbox.forget(1);
    send();
    assertThat(numbers()).containsExactly(1L, 2L, 3L);
    outbox.sendAgain(2);
    send();
    assertThat(numbers()).containsExactly(1L, 2L, 3L, 3L);
  }

  @Test
  void nothingIsSentToSomebodyWhoDoesNotTakeIt() {
    outbox.add(ready());
    outbox.send(() -> false, sent::add);
    assertThat(sent).isEmpty();
    send();
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void aLongLossKeepsBoundedMemoryEveryLatencyAndTheLastStatus() {
    outbox.add(ready());
    outbox.add(running(2));
    send();
    int last = 1_000;
    for (int sequence = 3; sequence < last; sequence++) {
      outbox.add(running(sequence));
    }
    outbox.add(
        StatusMessage.newBuilder()
            .setSequence(last)
            .setCompleted(Completed.getDefaultInstance())
            .build());
    sent.clear();
    outbox.sendAgain(1);
    while (sent.isEmpty() || sent.getLast().getSequence() < last) {
      send();
      outbox.forget(sent.getLast().getSequence());
    }
    assertThat(sent).hasSizeLessThanOrEqualTo(Outbox.KEPT_MAX);
    assertThat(numbers()).isSorted().doesNotHaveDuplicates().startsWith(2L);
    // What was sent once may have arrived, so it stays as it was.
    assertThat(latency(sent.getFirst()).count()).isEqualTo(1);
    assertThat(
            sent.stream()
                .filter(StatusMessage::hasRunning)
                .map(OutboxTest::latency)
                .reduce(LatencyHistogram.EMPTY, LatencyHistogram::plus)
                .count())
        .isEqualTo(last - 2);
    assertThat(sent)
        .filteredOn(StatusMessage::hasRunning)
        .allSatisfy(
            status -> assertThat(status.getRunning().getProgress().getRateHz()).isEqualTo(10));
  }

  private void send() {
    outbox.send(() -> true, sent::add);
  }

  private List<Long> numbers() {
    return sent.stream().map(StatusMessage::getSequence).toList();
  }

  private static LatencyHistogram latency(StatusMessage status) {
    return Messages.histogram(status.getRunning().getProgress().getLatency());
  }

  private static StatusMessage ready() {
    return StatusMessage.newBuilder().setSequence(1).setReady(Ready.getDefaultInstance()).build();
  }

  private static StatusMessage running(long sequence) {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(1_000 * sequence);
    return StatusMessage.newBuilder()
        .setSequence(sequence)
        .setRunning(
            Running.newBuilder()
                .setProgress(
                    Progress.newBuilder()
                        .setRateHz(10)
                        .setLatency(Messages.latency(recorder.interval()))))
        .build();
  }
}
