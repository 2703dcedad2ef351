package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

  private final AtomicInteger freed = new AtomicInteger();
  private final Gate gate = new Gate(freed::incrementAndGet);

  @Test
  void theLastOneOutFreesOnce() throws Exception {
    gate.enter();
    gate.enter();
    gate.close();
    gate.leave();
    assertThat(freed).hasValue(0);

    gate.leave();

    assertThat(freed).hasValue(1);
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.tryEnter()).isFalse();
    assertThatThrownBy(gate::enter).isInstanceOf(ClosedChannelException.class);
    assertThat(freed).hasValue(1);
  }

  @Test
  void whoeverComesAndGoesWhileItCloses() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger insideAfterwards = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (gate.tryEnter()) {
                      insideAfterwards.addAndGet(freed.get());
                      gate.leave();
                    }
                  }));
    }
    gate.enter();
    gate.close();
    gate.close();
    gate.leave();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(freed).hasValue(1);
    assertThat(insideAfterwards).hasValue(0);
  }
}
