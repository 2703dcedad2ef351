package org.carillon.core.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiverFaultsTest {

  private final ReceiverFaults faults = new ReceiverFaults(5);

  private List<String> told() {
    List<String> told = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      int count =
          faults.tell((receiver, reason) -> told.add(receiver + " " + reason), new LibC(arena));
      assertThat(count).isEqualTo(told.size());
    }
    return told;
  }

  @Test
  void eachReceiverIsToldOfOnceInTheirOrderWithItsLastReason() {
    faults.note(4, LibC.EAGAIN);
    faults.note(0, LibC.ECONNREFUSED);
    faults.note(3, LibC.ECONNREFUSED);
    faults.note(3, LibC.ENETUNREACH);
    faults.note(2, LibC.ENOBUFS);

    assertThat(told())
        .containsExactly(
            "0 nobody listens on that port",
            "2 the send buffer is full",
            "3 Network is unreachable",
            "4 the send buffer is full");
    assertThat(told()).isEmpty();
  }

  @Test
  void afterAFaultWasToldTheNextOneIsToldToo() {
    faults.note(1, LibC.EPERM);
    told();
    faults.note(1, LibC.EPERM);

    assertThat(told()).containsExactly("1 Operation not permitted");
  }
}
