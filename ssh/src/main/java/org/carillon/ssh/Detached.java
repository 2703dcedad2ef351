package org.carillon.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Processes on a host that outlive the connection that started them: each in a session of its own,
 * with its output in files and its input from {@code /dev/null} or a pipe that is filled before the
 * start returns, so that nothing of it holds the connection open.
 *
 * <p>A small shell waits for each one and writes its exit code to {@code FOLDER/NAME.rc}; {@code
 * FOLDER/NAME.pid} holds its identity. A signal goes only to a process whose pid <em>and</em> start
 * time are those of that file, never to a name.
 *
 * <p>The host needs Linux, a POSIX {@code sh} and util-linux's {@code setsid}. Where systemd is
 * told to kill what a user leaves behind ({@code KillUserProcesses=yes}), {@code loginctl
 * enable-linger} is needed as well.
 */
public final class Detached {
  /** What a host may need for one of the short scripts, beyond the waiting it is asked for. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final String SCRIPT = read("detached.sh");
  private static final Pattern EXITED = Pattern.compile("exited (\\d{1,3})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The signals that one can send. */
  public enum Signal {
    /** Please end: the program may write its files first. */
    TERM,
    /** As Ctrl-C does. */
    INT,
    /** As the above, with a core dump if nobody handles it. */
    QUIT,
    /** As a terminal that goes away does. */
    HUP,
    /** What it means is up to the program. */
    USR1,
    /** Likewise. */
    USR2,
    /** End now. */
    KILL
  }

  private Detached() {}

  /**
   * Starts a process and returns when its pid is known. It may have ended by then: {@link #state}
   * tells, also if the program could not be executed at all.
   *
   * @throws HostException of kind REFUSED if the folder or an output file cannot be written, or a
   *     process of that name already runs in that folder
   */
  public static DetachedProcess start(Host host, DetachedSpec spec, Duration deadline) {
    RemotePath.require(host.name(), spec.folder());
    String nonce = nonce();
    List<String> words =
        words(
            "start",
            spec.folder(),
            spec.name(),
            nonce,
            spec.standardInput().isPresent() ? "input" : "nothing",
            spec.standardOutput(),
            spec.standardError());
    words.addAll(spec.argv());
    String environment =
        spec.environment().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "export " + entry.getKey() + "=" + ShellWords.quote(entry.getValue()))
            .collect(Collectors.joining("\n"));
    String prelude = "CARILLON_ENVIRONMENT=" + ShellWords.quote(environment) + "\n";
    // By its last word the host knows that the input came whole.
    String input = spec.standardInput().map(secret -> secret.text() + nonce).orElse("");
    String line = run(host, words, prelude, input, deadline);
    return parse(host, spec.folder(), spec.name(), line);
  }

  /**
   * The process of that name that was started last in that folder, whatever has become of it, or
   * empty if there was none.
   */
  public static Optional<DetachedProcess> find(
      Host host, String folder, String name, Duration deadline) {
    DetachedSpec.requireName(name);
    RemotePath.require(host.name(), folder);
    String line = run(host, words("find", folder, name, "-"), "", deadline);
    return line.isEmpty() ? Optional.empty() : Optional.of(parse(host, folder, name, line));
  }

  /** What has become of a process. */
  public static DetachedState state(Host host, DetachedProcess process, Duration deadline) {
    return state(host, process, run(host, identity("state", process), "", deadline));
  }

  /**
   * Sends a signal to the program, not to what it started.
   *
   * @return whether it was sent; not if the process has ended, though another may have its pid now
   */
  public static boolean signal(
      Host host, DetachedProcess process, Signal signal, Duration deadline) {
    List<String> words = identity("signal", process);
    words.add(signal.name());
    return run(host, words, "", deadline).equals("sent");
  }

  /**
   * Ends a process and all that is left in its process group: TERM first, then KILL to whatever
   * still lives after the grace time. Does nothing to a process that has ended.
   *
   * @param grace how long it may take to end by itself; the call takes up to 20 s more
   */
  public static DetachedState stop(Host host, DetachedProcess process, Duration grace) {
    return stop(host, process, Signal.TERM, grace);
  }

  /** As above, but it is first asked by another signal than TERM. */
  public static DetachedState stop(
      Host host, DetachedProcess process, Signal first, Duration grace) {
    List<String> words = identity("stop", process);
    words.add(Long.toString(grace.toMillis()));
    words.add(first.name());
    return state(host, process, run(host, words, "", grace.plus(SLACK).plusSeconds(5)));
  }

  private static List<String> identity(String verb, DetachedProcess process) {
    RemotePath.require(process.name(), process.folder());
    return words(
        verb,
        process.folder(),
        process.name(),
        process.nonce(),
        Long.toString(process.pid()),
        Long.toString(process.startTicks()),
        process.bootId());
  }

  private static List<String> words(String... words) {
    return new ArrayList<>(List.of(words));
  }

  private static String run(Host host, List<String> words, String prelude, Duration deadline) {
    return run(host, words, prelude, "", deadline);
  }

  private static String run(
      Host host, List<String> words, String prelude, String input, Duration deadline) {
    String script = "set -- " + ShellWords.join(words) + "\n" + prelude + SCRIPT;
    String what = "%s %s in %s".formatted(words.get(0), words.get(2), words.get(1));
    CommandResult result =
        host.run(Command.script(script, deadline).labelled(what).withInput(input));
    if (!result.succeeded()) {
      throw new HostException(
          HostException.Kind.REFUSED,
          host.name(),
          "cannot " + what + " (" + result.complaint() + ")");
    }
    return result.text();
  }

  private static DetachedState state(Host host, DetachedProcess process, String answer) {
    Matcher exited = EXITED.matcher(answer);
    if (exited.matches()) {
      return new DetachedState.Exited(Integer.parseInt(exited.group(1)));
    }
    return switch (answer) {
      case "running" -> new DetachedState.Running();
      case "gone" -> new DetachedState.Gone();
      default -> throw strange(host, process.name(), answer, null);
    };
  }

  private static DetachedProcess parse(Host host, String folder, String name, String line) {
    try {
      return DetachedProcess.parse(folder, name, line);
    } catch (IllegalArgumentException e) {
      throw strange(host, name, line, e);
    }
  }

  private static HostException strange(Host host, String name, String answer, Throwable cause) {
    return new HostException(
        HostException.Kind.REFUSED,
        host.name(),
        "asked about " + name + ", it answered '" + answer + "', which means nothing",
        cause);
  }

  private static String nonce() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  private static String read(String resource) {
    try (InputStream in = Detached.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution lacks " + resource, e);
    }
  }
}
