package org.carillon.cli.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.carillon.ssh.fanout.HostOutcome;
import org.carillon.ssh.nodeset.NodeSet;
import org.junit.jupiter.api.Test;

class HostsProgressTest {

  @Test
  void theLineTellsHowManyAreDoneAndWhoIsAtWork() {
    assertThat(HostsProgress.line(32, 16, 2, NodeSet.parse("n[7-9]")))
        .isEqualTo("[###############               ] 16 of 32, 2 failed, at work: n[7-9]");
  }

  @Test
  void hostsThatEndedAlikeStandTogetherInTheSummary() {
    Map<String, HostOutcome<String>> outcomes = new LinkedHashMap<>();
    outcomes.put("n1", new HostOutcome.Ok<>("fine"));
    for (String host : new String[] {"n2", "n3"}) {
      outcomes.put(host, new HostOutcome.TimedOut<>(host + ": no answer\nat all"));
    }
    outcomes.put("n4", new HostOutcome.RemoteExit<>(Optional.empty(), "n4: disk full"));
    assertThat(HostsSummary.lines(outcomes))
        .containsExactly(
            "1 of 4 hosts: ok",
            "n[2-3] (2): timeout: no answer at all",
            "n4: remote-exit: disk full");
  }
}
