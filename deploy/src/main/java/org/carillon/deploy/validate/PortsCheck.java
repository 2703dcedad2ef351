package org.carillon.deploy.validate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether something listens on the ports that it shall listen on. */
final class PortsCheck implements HostCheck {

  private static final Duration ASK = Duration.ofSeconds(10);
  private static final String LOOPBACK_V4 = "7F";
  private static final String MAPPED_V4 = "0000000000000000FFFF0000";
  private static final String LOOPBACK_V6 = "00000000000000000000000001000000";

  private final List<Integer> ports;

  PortsCheck(List<Integer> ports) {
    this.ports = ports;
  }

  @Override
  public Set<CheckName> names() {
    return Set.of(CheckName.PORTS);
  }

  @Override
  public List<CheckResult> look(Node node, Question question) {
    Answers answers = Answers.parse(node.host().run(Script.PORTS.command(List.of(), ASK)).out());
    return ports.stream().map(port -> judge(answers, port).of(String.valueOf(port))).toList();
  }

  /** Addresses stand in the kernel's byte order: 127.0.0.1 is 0100007F on x86-64 and aarch64. */
  static CheckResult judge(Answers answers, int port) {
    if (answers.text("table").isEmpty()) {
      return CheckResult.unknown(
          CheckName.PORTS, "/proc/net/tcp cannot be read there", "see docs/validate.md");
    }
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> addresses =
        answers.all("listens").stream()
            .map(String::strip)
            .filter(local -> local.endsWith(suffix))
            .map(local -> local.substring(0, local.length() - suffix.length()))
            .collect(Collectors.toSet());
    if (addresses.isEmpty()) {
      return CheckResult.fail(
          CheckName.PORTS, "nothing listens on TCP port " + port, "see what health says");
    }
    boolean onlyHere = addresses.stream().allMatch(PortsCheck::isLoopback);
    return CheckResult.pass(
        CheckName.PORTS,
        "TCP port " + port + " is listened on" + (onlyHere ? ", for the host itself alone" : ""));
  }

  private static boolean isLoopback(String address) {
    String v4 = address.startsWith(MAPPED_V4) ? address.substring(MAPPED_V4.length()) : address;
    return v4.length() == 8 && v4.endsWith(LOOPBACK_V4) || address.equals(LOOPBACK_V6);
  }
}
