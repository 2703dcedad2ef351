package org.carillon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReadyTest {

  @Test
  void aReadyFileTellsPortAndClock() {
    Ready ready =
        Ready.parse(
            "{\"port\":9000,\"control_port\":9001,\"clock\":\"synchronized\",\"ntp_offset_ms\":-1.25,"
                + "\"ntp_uncertainty_ms\":0.5,\"more\":1}",
            "control_port");

    assertThat(ready.port()).isEqualTo(9001);
    assertThat(ready.clock()).isEqualTo("synchronized");
    assertThat(ready.offset()).contains("-1.250 ms ± 0.500 ms");
  }

  @Test
  void aClockThatWasNotMeasuredIsUnknown() {
    Ready ready = Ready.parse("{\"port\":1,\"ntp_offset_ms\":null}", "port");

    assertThat(ready.clock()).isEqualTo("unknown");
    assertThat(ready.offset()).isEmpty();
  }

  @Property
  void whatIsNoReadyFileIsRefused(@ForAll String text) {
    assertThatThrownBy(() -> Ready.parse(text, "port"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
