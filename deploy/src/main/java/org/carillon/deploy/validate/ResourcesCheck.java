package org.carillon.deploy.validate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.carillon.core.time.ClockSource;

/** What a host and the service use of processors, memory, disk and open files. */
final class ResourcesCheck implements HostCheck {

  private static final Duration ASK = Duration.ofSeconds(20);
  private static final double KIB = 1_024;

  /** From so much of a limit on there is a warning. */
  private static final double NEAR = 0.9;

  private static final double NS_PER_S = 1e9;

  private final Subject subject;
  private final Samples samples;
  private final ClockSource clock;

  ResourcesCheck(Subject subject, Samples samples, ClockSource clock) {
    this.subject = subject;
    this.samples = samples;
    this.clock = clock;
  }

  @Override
  public Set<CheckName> names() {
    EnumSet<CheckName> names = EnumSet.of(CheckName.CPU, CheckName.MEMORY, CheckName.DISK);
    if (subject.service().isPresent()) {
      names.add(CheckName.OPEN_FILES);
    }
    return names;
  }

  @Override
  public List<CheckResult> look(Node node, Question question) {
    String pid = node.alive().map(alive -> String.valueOf(alive.pid())).orElse("-");
    Answers answers =
        Answers.parse(
            node.host().run(Script.RESOURCES.command(List.of(node.root(), pid), ASK)).out());
    List<CheckResult> results = new ArrayList<>();
    for (CheckName name : names()) {
      if (question.checks().contains(name)) {
        results.add(
            switch (name) {
              case CPU -> cpu(answers, subject.limits().cpuPercent());
              case MEMORY -> memory(node, answers);
              case DISK -> disk(node, answers);
              default -> openFiles(node, answers);
            });
      }
    }
    return results;
  }

  /** Of /proc/stat, with 1 s between: user, nice, system, idle, iowait, irq, softirq, steal. */
  static CheckResult cpu(Answers answers, OptionalDouble limit) {
    Optional<long[]> before = answers.numbers("cpu_before", 8);
    Optional<long[]> after = answers.numbers("cpu_after", 8);
    if (before.isEmpty() || after.isEmpty()) {
      return unknown(CheckName.CPU, "/proc/stat");
    }
    long total = 0;
    for (int i = 0; i < 8; i++) {
      total += after.get()[i] - before.get()[i];
    }
    long idle = after.get()[3] - before.get()[3] + Math.max(0, after.get()[4] - before.get()[4]);
    if (total <= 0 || idle < 0 || idle > total) {
      return unknown(CheckName.CPU, "/proc/stat");
    }
    double percent = 100.0 * (total - idle) / total;
    String said = "processors %s busy".formatted(Numbers.percent(percent, limit));
    return judged(CheckName.CPU, said, "cpu_percent", percent, limit, "see what runs there");
  }

  private CheckResult memory(Node node, Answers answers) {
    CheckResult result = memory(answers, subject.limits().memoryPercent());
    OptionalLong resident = answers.number("resident_kib");
    OptionalLong available = answers.number("memory_available_kib");
    if (resident.isEmpty() || available.isEmpty() || node.alive().isEmpty()) {
      return result;
    }
    // What the service may still grow by is what is available.
    double bytes = resident.getAsLong() * KIB;
    return growth(node, "service_memory", epoch(node), bytes)
        .addTo(
            result,
            "its pages in memory",
            "service_memory_bytes_per_hour",
            bytes,
            bytes + available.getAsLong() * KIB);
  }

  static CheckResult memory(Answers answers, OptionalDouble limit) {
    OptionalLong total = answers.number("memory_total_kib");
    OptionalLong available = answers.number("memory_available_kib");
    if (total.isEmpty()
        || available.isEmpty()
        || total.getAsLong() == 0
        || available.getAsLong() > total.getAsLong()) {
      return unknown(CheckName.MEMORY, "/proc/meminfo");
    }
    double percent = 100.0 * (total.getAsLong() - available.getAsLong()) / total.getAsLong();
    String said = "memory %s used".formatted(Numbers.percent(percent, limit));
    return judged(
        CheckName.MEMORY, said, "memory_percent", percent, limit, "see what uses it there");
  }

  private CheckResult disk(Node node, Answers answers) {
    OptionalDouble limit = subject.limits().diskPercent();
    CheckResult result = disk(answers, limit, node.root());
    Optional<long[]> kib = answers.numbers("disk_kib", 3);
    if (kib.isEmpty() || result.measurements().isEmpty()) {
      return result;
    }
    double used = kib.get()[1] * KIB;
    double usable = (kib.get()[1] + kib.get()[2]) * KIB;
    return growth(node, "disk_used", "", used)
        .addTo(
            result, "files on it", "disk_bytes_per_hour", used, usable * limit.orElse(100) / 100);
  }

  /** As df counts: of what users may use, the part that is used; of blocks and of inodes. */
  static CheckResult disk(Answers answers, OptionalDouble limit, String folder) {
    Optional<long[]> kib = answers.numbers("disk_kib", 3);
    if (kib.isEmpty() || kib.get()[1] + kib.get()[2] == 0) {
      return unknown(CheckName.DISK, "df of " + folder);
    }
    double percent = 100.0 * kib.get()[1] / (kib.get()[1] + kib.get()[2]);
    // Some filesystems count no inodes; then all three are 0.
    Optional<long[]> inodes = answers.numbers("inodes", 3).filter(found -> found[1] + found[2] > 0);
    double inodePercent = inodes.map(found -> 100.0 * found[1] / (found[1] + found[2])).orElse(0.0);
    boolean fewInodes = inodePercent > percent;
    String said =
        fewInodes
            ? "inodes of the disk %s used".formatted(Numbers.percent(inodePercent, limit))
            : "disk %s full".formatted(Numbers.percent(percent, limit));
    CheckResult judged =
        judged(
            CheckName.DISK,
            said,
            fewInodes ? "inodes_percent" : "disk_percent",
            fewInodes ? inodePercent : percent,
            limit,
            "make room where " + folder + " lies");
    if (!fewInodes) {
      return judged;
    }
    List<Measurement> both = new ArrayList<>(judged.measurements());
    both.addFirst(measured("disk_percent", percent, limit));
    return judged.with(both);
  }

  private CheckResult openFiles(Node node, Answers answers) {
    if (node.alive().isEmpty()) {
      return CheckResult.unknown(
          CheckName.OPEN_FILES, "no process of the service is known", "see what health says");
    }
    CheckResult result = openFiles(answers, subject.limits().openFiles());
    OptionalLong open = answers.number("open_files");
    Optional<Measurement> limit =
        result.measurements().stream().filter(one -> one.limit().isPresent()).findFirst();
    if (open.isEmpty() || limit.isEmpty()) {
      return result;
    }
    return growth(node, "open_files", epoch(node), open.getAsLong())
        .addTo(
            result,
            "they",
            "open_files_per_hour",
            open.getAsLong(),
            limit.get().limit().getAsDouble());
  }

  static CheckResult openFiles(Answers answers, OptionalLong limit) {
    OptionalLong open = answers.number("open_files");
    if (open.isEmpty()) {
      return CheckResult.unknown(
          CheckName.OPEN_FILES,
          "the open files of the service are not shown to this account",
          "ask with the account that runs it");
    }
    OptionalLong allowed = answers.number("open_files_max");
    OptionalDouble held =
        limit.isPresent()
            ? OptionalDouble.of(limit.getAsLong())
            : allowed.isPresent()
                ? OptionalDouble.of(Math.floor(NEAR * allowed.getAsLong()))
                : OptionalDouble.empty();
    String said =
        "the service has %d files open%s"
            .formatted(
                open.getAsLong(),
                allowed.isPresent() ? " of " + allowed.getAsLong() + " that it may" : "");
    return judged(
        CheckName.OPEN_FILES,
        said,
        "open_files",
        open.getAsLong(),
        held,
        "see what they are: ls -l /proc/PID/fd");
  }

  private Growth growth(Node node, String series, String epoch, double value) {
    double seconds = clock.realtimeNs() / NS_PER_S;
    return Growth.of(samples.add(node.name(), series, epoch, new Trend.Sample(seconds, value)));
  }

  /** Another process begins with other numbers, which is no trend. */
  private static String epoch(Node node) {
    return node.alive().map(alive -> alive.pid() + "-" + alive.startTicks()).orElse("");
  }

  private static CheckResult judged(
      CheckName check, String said, String name, double value, OptionalDouble limit, String fix) {
    Measurement measurement = measured(name, value, limit);
    if (limit.isEmpty() || value <= NEAR * limit.getAsDouble()) {
      return CheckResult.pass(check, said).with(measurement);
    }
    String held = said + "; the limit is " + Numbers.text(limit.getAsDouble());
    return (value > limit.getAsDouble()
            ? CheckResult.fail(check, held, fix)
            : CheckResult.warn(check, held, fix))
        .with(measurement);
  }

  private static Measurement measured(String name, double value, OptionalDouble limit) {
    return new Measurement(name, OptionalDouble.of(value), limit);
  }

  private static CheckResult unknown(CheckName check, String source) {
    return CheckResult.unknown(
        check, source + " does not say it in a way that is known", "see docs/validate.md");
  }
}
