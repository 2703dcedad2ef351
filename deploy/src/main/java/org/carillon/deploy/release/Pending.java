package org.carillon.deploy.release;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.carillon.deploy.deployable.Deployable;

/**
 * A change under way on a host, as it stands in the host's file {@code pending} from before the
 * first step that changes something until all hosts are done: enough to finish or undo it without
 * the machine that began it.
 *
 * @param to the release that shall be in use
 * @param toState how far that one had got before
 * @param from the release that was in use before; empty if none was
 * @param wasRunning whether the service ran before
 * @param service how it was started before; empty if nobody knows
 * @param backup that was taken before; empty if none was
 * @param proved whether it passed its tests on this host, or these were skipped
 * @param by who began it, and from where
 * @param since when, by the clock of the machine that deploys
 */
public record Pending(
    String to,
    ReleaseState toState,
    Optional<String> from,
    boolean wasRunning,
    Optional<Deployable.Service> service,
    Optional<String> backup,
    boolean proved,
    String by,
    Instant since) {

  private static final String NONE = "-";

  /** What marks of releases call it by, so that they can be taken back with it. */
  String change() {
    return backup.orElse("");
  }

  /** The same, with the tests passed. */
  Pending thatIsProved() {
    return new Pending(to, toState, from, wasRunning, service, backup, true, by, since);
  }

  /** In a sentence without its end: what was to become what, since when, by whom. */
  public String sentence() {
    return "a change from %s to %s, begun %s by %s, is not finished"
        .formatted(from.orElse("no release"), to, since, by);
  }

  /** The same of the text of a host's file, also if it is damaged. */
  public static String tell(String text) {
    try {
      return parse(text).sentence();
    } catch (IllegalArgumentException e) {
      return "a change is not finished, and what it was is not known: the file pending is damaged";
    }
  }

  /** As it stands in the file. */
  String text() {
    return "to %s\nto_state %s\nfrom %s\nrunning %s\nservice %s\nbackup %s\nproved %s\nby %s\nsince %s\n"
        .formatted(
            to,
            toState.word(),
            from.orElse(NONE),
            wasRunning,
            service.map(ServiceText::of).orElse(NONE),
            backup.orElse(NONE),
            proved,
            by.replaceAll("\\p{Cntrl}", "?"),
            NodeRelease.stamp(since));
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Pending parse(String text) {
    Map<String, String> words = new HashMap<>();
    text.lines()
        .filter(line -> line.contains(" "))
        .forEach(
            line ->
                words.put(
                    line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
    try {
      return new Pending(
          required(words, "to"),
          ReleaseState.parse(required(words, "to_state")),
          Optional.of(required(words, "from")).filter(id -> !id.equals(NONE)),
          required(words, "running").equals("true"),
          ServiceText.parse(words.getOrDefault("service", "")),
          Optional.of(required(words, "backup")).filter(id -> !id.equals(NONE)),
          required(words, "proved").equals("true"),
          required(words, "by"),
          Instant.parse(required(words, "since")));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String required(Map<String, String> words, String key) {
    String value = words.get(key);
    if (value == null) {
      throw new IllegalArgumentException("has no " + key);
    }
    return value;
  }
}
