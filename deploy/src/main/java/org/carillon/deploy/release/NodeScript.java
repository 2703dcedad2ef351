package org.carillon.deploy.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;
import org.carillon.ssh.ShellWords;

/** A script for hosts that comes with the program: run with a verb and its arguments. */
public final class NodeScript {
  private final String text;

  private NodeScript(String text) {
    this.text = text;
  }

  /** The scripts of these names beside a class, one after the other. */
  public static NodeScript beside(Class<?> owner, String... names) {
    return new NodeScript(
        Stream.of(names).map(name -> read(owner, name)).collect(Collectors.joining()));
  }

  private static String read(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      // It is sent with every call and read byte by byte: lines of comment stay here.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution lacks " + name, e);
    }
  }

  /** Runs it, whatever it ends with. */
  public CommandResult run(Host host, Duration deadline, byte[] input, List<String> words) {
    String what = String.join(" ", words.subList(0, Math.min(3, words.size())));
    return run(host, what, deadline, input, words);
  }

  /**
   * As above.
   *
   * @param what is done, for messages
   */
  public CommandResult run(
      Host host, String what, Duration deadline, byte[] input, List<String> words) {
    String script = "set -- " + ShellWords.join(words) + "\n" + text;
    return host.run(Command.script(script, deadline).labelled(what).withInput(input));
  }

  /**
   * Runs it and takes what it prints.
   *
   * @param what is done, for the complaint: {@code swap current to echo-1}
   * @throws HostException of kind REFUSED if it ends with another code than 0
   */
  public String ask(Host host, String what, Duration deadline, String verb, String... arguments) {
    return ask(host, what, deadline, new byte[0], verb, arguments);
  }

  /** As above, with something to read. */
  public String ask(
      Host host, String what, Duration deadline, byte[] input, String verb, String... arguments) {
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(List.of(arguments));
    CommandResult result = run(host, deadline, input, words);
    if (!result.succeeded()) {
      throw refusal(host, what, result);
    }
    return result.out();
  }

  /** The complaint about a script that ended with another code than 0. */
  static HostException refusal(Host host, String what, CommandResult result) {
    return new HostException(
        HostException.Kind.REFUSED,
        host.name(),
        "cannot " + what + " (" + result.complaint() + ")");
  }
}
