package org.carillon.deploy.records;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.ssh.fanout.Folding;

/** The warning that hosts which shall be alike are not. */
public final class Attention {

  private Attention() {}

  /**
   * Says which hosts have what, unless all have the same: {@code ATTENTION, the hosts differ now:
   * n[1-2] have echo-2, n3 has echo-1}.
   *
   * @param now what is in use, by host; without those that nobody could look at
   */
  public static Optional<String> of(Map<String, String> now) {
    List<Folding.Folded> versions = Folding.fold(now);
    return versions.size() < 2
        ? Optional.empty()
        : Optional.of(
            versions.stream()
                .map(
                    same ->
                        same.hosts()
                            + (same.hosts().size() == 1 ? " has " : " have ")
                            + same.text())
                .collect(Collectors.joining(", ", "ATTENTION, the hosts differ now: ", "")));
  }
}
