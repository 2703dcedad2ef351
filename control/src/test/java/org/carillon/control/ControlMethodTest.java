package org.carillon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.Ping;
import org.carillon.control.wire.StatusMessage;
import org.junit.jupiter.api.Test;

class ControlMethodTest {

  @Test
  void whatWasWrittenIsRead() {
    ControlMessage ping =
        ControlMessage.newBuilder().setRunId(7).setPing(Ping.newBuilder().setNumber(9)).build();
    assertThat(
            ControlMethod.ofAgent().parseRequest(ControlMethod.ofController().streamRequest(ping)))
        .contains(ping);
  }

  @Test
  void bytesThatAreNoMessageArriveAsNone() {
    // The end of a field that never began.
    byte[] broken = {0x0c};
    assertThat(ControlMethod.ofAgent().parseRequest(new ByteArrayInputStream(broken))).isEmpty();
    assertThat(ControlMethod.ofController().parseResponse(new ByteArrayInputStream(broken)))
        .isEmpty();
  }

  @Property
  void noBytesBreakTheStream(@ForAll byte[] bytes) {
    Optional<ControlMessage> command =
        ControlMethod.ofAgent().parseRequest(new ByteArrayInputStream(bytes));
    Optional<StatusMessage> status =
        ControlMethod.ofController().parseResponse(new ByteArrayInputStream(bytes));
    assertThat(command).isNotNull();
    assertThat(status).isNotNull();
  }
}
