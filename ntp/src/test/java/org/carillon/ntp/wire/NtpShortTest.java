package org.carillon.ntp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NtpShortTest {

  @Property
  void anErrorBoundNeverShrinks(@ForAll @LongRange(min = 0, max = 65_535_999_000_000L) long ns) {
    // One unit is 2⁻¹⁶ s = 15,259 ns.
    assertThat(NtpShort.toNs(NtpShort.fromNs(ns))).isBetween(ns, ns + 15_260);
  }

  @Property
  void aValueComesBackUnchanged(@ForAll int units) {
    assertThat(NtpShort.fromNs((Integer.toUnsignedLong(units) * 1_000_000_000L) >>> 16))
        .isIn(units, units - 1);
  }

  @Test
  void whatDoesNotFitIsTheLargestThereIs() {
    assertThat(NtpShort.fromNs(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(NtpShort.fromNs(65_536_000_000_000L)).isEqualTo(-1);
    assertThat(NtpShort.toNs(-1)).isEqualTo(65_535_999_984_742L);
  }

  @Test
  void oneSecondIsOneSecond() {
    assertThat(NtpShort.fromNs(1_000_000_000L)).isEqualTo(1 << 16);
    assertThat(NtpShort.toNs(1 << 16)).isEqualTo(1_000_000_000L);
    assertThat(NtpShort.fromNs(0)).isZero();
  }

  @Test
  void aNegativeBoundIsRefused() {
    assertThatThrownBy(() -> NtpShort.fromNs(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
