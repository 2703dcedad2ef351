package org.carillon.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.carillon.core.keys.SizeText;
import org.carillon.core.net.HostPort;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.ShellWords;

/** Finds out whether a host can take part, before anything is started there. */
final class Preflight {

  private static final String SCRIPT = resource("preflight.sh");
  private static final Duration CLEANING = Duration.ofSeconds(10);

  /** NTP's answer is 48 bytes at least (RFC 5905, 7.3). */
  private static final int NTP_ANSWER_MIN_BYTES = 48;

  private static final long KIB = 1_024;

  /** What the checks of one host are about. */
  record Question(Site site, OptionalInt port, List<HostPort> timeServers) {}

  private final Distribution distribution;
  private final long minFreeDiskBytes;
  private final String nonce;
  private final ClockOffset clockOffset;

  Preflight(
      Distribution distribution, long minFreeDiskBytes, String nonce, ClockOffset clockOffset) {
    this.distribution = distribution;
    this.minFreeDiskBytes = minFreeDiskBytes;
    this.nonce = nonce;
    this.clockOffset = clockOffset;
  }

  /** Makes all checks of one host. */
  List<Check> check(Question question, Duration deadline) {
    Site site = question.site();
    List<String> words = new ArrayList<>(List.of("set", "--", site.workFolder(), probeName(site)));
    words.add(question.port().isPresent() ? String.valueOf(question.port().getAsInt()) : "-");
    question
        .timeServers()
        .forEach(server -> words.addAll(List.of(server.host(), String.valueOf(server.port()))));
    CommandResult result =
        site.host().run(Command.script(ShellWords.join(words) + "\n" + SCRIPT, deadline));
    Answers answers = Answers.parse(result.out());
    List<Check> checks = new ArrayList<>();
    checks.add(Check.pass("reachable", "answers as " + site.facts().hostname() + where(site)));
    checks.add(system(site));
    checks.add(tools(answers));
    checks.add(workFolder(site, answers));
    if (!site.isLocal()) {
      checks.add(noexec(site, answers)); // here, nothing is executed in the work folder
    }
    checks.add(freeDisk(site, answers));
    checks.add(shared(site));
    question.port().ifPresent(port -> checks.add(port(port, answers)));
    question.timeServers().forEach(server -> checks.add(timeServer(server, answers)));
    checks.add(clockOffset.check(site));
    cleanUp(site);
    return checks;
  }

  private static String where(Site site) {
    return site.isLocal() ? " (this machine)" : "";
  }

  private Check system(Site site) {
    HostFacts facts = site.facts();
    String said = facts.system() + " " + facts.kernel() + " on " + facts.architecture();
    if (!facts.system().equals("Linux")) {
      return Check.fail("system", said, "nodes must run Linux");
    }
    boolean served =
        site.isLocal() || Files.isRegularFile(distribution.archiveFile(facts.architecture()));
    return served
        ? Check.pass("system", said)
        : Check.fail(
            "system",
            said + ", but the distribution has no archive for it",
            "put " + distribution.archiveFile(facts.architecture()).getFileName() + " in share/");
  }

  private static Check tools(Answers answers) {
    List<String> missing = answers.all("missing");
    return missing.isEmpty()
        ? Check.pass("tools", "setsid, tar, gzip, sha256sum and df are there")
        : Check.fail(
            "tools",
            String.join(", ", missing) + " missing",
            "install util-linux, coreutils, tar and gzip");
  }

  private static Check workFolder(Site site, Answers answers) {
    String said = answers.first("writable", "");
    return switch (said) {
      case "yes" -> Check.pass("work folder", site.workFolder() + " can be written");
      case "" -> Check.unknown("work folder", "the host did not say", "look at its work folder");
      default ->
          Check.fail(
              "work folder",
              site.workFolder() + " cannot be written: " + said,
              "choose another work_dir");
    };
  }

  private static Check noexec(Site site, Answers answers) {
    return switch (answers.first("executable", "")) {
      case "yes" -> Check.pass("noexec", "programs in the work folder can be executed");
      case "no" ->
          Check.fail(
              "noexec",
              site.workFolder() + " lies on a filesystem whose programs cannot be executed",
              "choose a work_dir that is not mounted noexec");
      default -> Check.unknown("noexec", "could not be tried", "choose a writable work_dir");
    };
  }

  private Check freeDisk(Site site, Answers answers) {
    String said = answers.first("free_kib", "");
    if (!said.matches("\\d{1,15}")) {
      return Check.unknown("free disk", "df does not say", "look at its work folder");
    }
    long freeBytes = Long.parseLong(said) * KIB;
    String free = SizeText.format(freeBytes / (KIB * KIB) * (KIB * KIB)) + " free";
    return freeBytes >= minFreeDiskBytes
        ? Check.pass("free disk", free)
        : Check.fail(
            "free disk",
            free
                + " in "
                + site.workFolder()
                + ", but run.min_free_disk is "
                + SizeText.format(minFreeDiskBytes),
            "make room, or choose another work_dir");
  }

  /** Whether what the host wrote is here too, under the same path. */
  private Check shared(Site site) {
    if (site.isLocal()) {
      return Check.pass("shared", "this machine: nothing to copy");
    }
    try {
      Path probe = probe(site);
      boolean here =
          Files.isRegularFile(probe) && Files.readString(probe).strip().equals(probeName(site));
      return Check.pass(
          "shared",
          here
              ? "the work folder is on a filesystem shared with this machine"
              : "the work folder is the host's own");
    } catch (IOException e) {
      return Check.unknown("shared", "cannot tell: " + e.getMessage(), "nothing to do");
    }
  }

  private Path probe(Site site) {
    return Path.of(site.workFolder(), ".carillon-probe-" + probeName(site));
  }

  /** Several nodes may share a folder, and each needs a file of its own. */
  private String probeName(Site site) {
    return nonce + "-" + site.name();
  }

  private static Check port(int port, Answers answers) {
    return switch (answers.first("port_taken", "unknown")) {
      case "no" -> Check.pass("port", "UDP " + port + " is free");
      case "yes" ->
          Check.fail(
              "port",
              "UDP " + port + " is taken",
              "end what uses it, choose another port, or leave it out");
      default -> Check.unknown("port", "cannot tell whether UDP " + port + " is free", "try it");
    };
  }

  private static Check timeServer(HostPort server, Answers answers) {
    String said = answers.first("time_server " + server.host() + " " + server.port(), "unknown");
    if (!said.matches("\\d{1,9}")) {
      return Check.unknown(
          "time server",
          "cannot ask " + server + " from there: neither bash nor python3",
          "warm-up will tell");
    }
    return Integer.parseInt(said) >= NTP_ANSWER_MIN_BYTES
        ? Check.pass("time server", server + " answers")
        : Check.fail(
            "time server",
            server + " does not answer within 2 s",
            "check its address and that UDP passes the firewall");
  }

  private void cleanUp(Site site) {
    site.host().run(Command.of(List.of("rm", "-f", "--", probe(site).toString()), CLEANING));
  }

  /** The lines of the script by key; a key of a time server holds its host and port. */
  record Answers(Map<String, List<String>> byKey) {

    static Answers parse(String out) {
      Map<String, List<String>> byKey = new TreeMap<>();
      for (String line : out.split("\n")) {
        int split = line.startsWith("time_server ") ? line.lastIndexOf(' ') : line.indexOf(' ');
        if (split > 0) {
          byKey
              .computeIfAbsent(line.substring(0, split), key -> new ArrayList<>())
              .add(line.substring(split + 1));
        }
      }
      return new Answers(byKey);
    }

    String first(String key, String otherwise) {
      return byKey.getOrDefault(key, List.of(otherwise)).getFirst();
    }

    List<String> all(String key) {
      return byKey.getOrDefault(key, List.of());
    }
  }

  static String resource(String name) {
    try (InputStream in = Preflight.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution lacks " + name, e);
    }
  }
}
