package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.FileFacts;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.RunFiles;
import org.carillon.ssh.Command;
import org.carillon.ssh.CommandResult;
import org.carillon.ssh.Detached;
import org.carillon.ssh.DetachedState;
import org.carillon.ssh.HostException;
import org.carillon.ssh.RemoteFile;
import org.carillon.ssh.ShellWords;

/** Ends the processes of a run by their identity and brings their files home, verified. */
final class Homecoming {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ASK = Duration.ofSeconds(30);

  /** What a stop needs beyond the grace time that the process gets. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(30);

  private final Crew crew;
  private final RunDirectory run;

  Homecoming(Crew crew, RunDirectory run) {
    this.crew = crew;
    this.run = run;
  }

  /**
   * Ends everything of a run: the coordinator first, so that nothing is sent to workers that are
   * gone, and the time server last. One whose start was interrupted is looked for in its folder,
   * which no other run has.
   *
   * @return those that could not be ended, with the reason
   */
  SequencedMap<String, String> stopAll(Map<String, Member> members, Duration grace) {
    Map<String, Member> unknown = new LinkedHashMap<>(members);
    unknown.values().removeIf(member -> member.process().isPresent());
    FanOut.run(
        "looking for " + String.join(", ", unknown.keySet()),
        unknown,
        new Deadline(crew.clock(), ASK),
        new Cancellation(),
        member -> {
          Detached.find(member.site().host(), member.folder(), member.name(), ASK)
              .ifPresent(member::found);
          return true;
        });
    SequencedMap<String, String> left = new LinkedHashMap<>();
    for (Member.Role role :
        List.of(Member.Role.COORDINATOR, Member.Role.WORKER, Member.Role.TIMESERVER)) {
      Map<String, Member> some = new LinkedHashMap<>(members);
      some.values().removeIf(member -> member.role() != role || member.process().isEmpty());
      left.putAll(stop(some, grace));
    }
    return left;
  }

  /**
   * Ends processes: asks first, kills after the grace time. Those that have ended already are left
   * alone. Goes on whatever the deployment's own wish to stop is.
   *
   * @return those that could not be ended, with the reason
   */
  private SequencedMap<String, String> stop(Map<String, Member> members, Duration grace) {
    SequencedMap<String, Outcome<DetachedState>> outcomes =
        FanOut.run(
            "stopping",
            members,
            new Deadline(crew.clock(), grace.plus(STOP_SLACK)),
            new Cancellation(),
            member -> Detached.stop(member.site().host(), member.process().orElseThrow(), grace));
    SequencedMap<String, String> left = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<DetachedState>(DetachedState.Exited(int code)) ->
                members.get(name).exited(code);
            case Outcome.Done<DetachedState>(DetachedState.Gone gone) ->
                crew.journal().info(name + ": was gone already");
            case Outcome.Done<DetachedState>(DetachedState.Running running) ->
                left.put(name, name + ": still runs, although it was killed");
            case Outcome.Failed<DetachedState>(String reason, ExitCode code) ->
                left.put(name, reason);
          }
        });
    left.values().forEach(crew.journal()::error);
    return left;
  }

  /**
   * Brings the files of all members home. A host that cannot be reached is tried until the
   * deadline.
   *
   * @return those whose files are not, or not all, here
   */
  SequencedMap<String, String> collect(Map<String, Member> members, Deadline deadline) {
    SequencedMap<String, Outcome<Integer>> outcomes =
        FanOut.run(
            Stage.COLLECT.word(),
            members,
            deadline,
            new Cancellation(),
            member -> collectUntil(member, deadline));
    SequencedMap<String, String> missing = new LinkedHashMap<>();
    outcomes.forEach(
        (name, outcome) -> {
          switch (outcome) {
            case Outcome.Done<Integer>(Integer files) ->
                crew.journal().info(name + ": " + files + " files collected");
            case Outcome.Failed<Integer>(String reason, ExitCode code) -> missing.put(name, reason);
          }
        });
    return missing;
  }

  private int collectUntil(Member member, Deadline deadline) {
    while (true) {
      try {
        return collectOnce(member, deadline);
      } catch (HostException e) {
        if (!e.kind().isAway() || deadline.remaining().compareTo(PAUSE) <= 0) {
          throw e;
        }
        crew.journal().warn(e.getMessage() + "; trying again");
        pause(member);
      }
    }
  }

  private void pause(Member member) {
    try {
      crew.clock().sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CarillonException(
          ExitCode.TIMEOUT, member.name() + ": collecting took too long", e);
    }
  }

  private int collectOnce(Member member, Deadline deadline) {
    List<RemoteFile> files =
        member.site().host().list(member.folder(), deadline.atMost(ASK)).stream()
            .filter(file -> file.isFile() && belongsHome(file.name()))
            .toList();
    Map<String, String> sums = sums(member, files, deadline);
    for (RemoteFile file : files) {
      Path target = target(member, file.name());
      member.site().host().download(member.file(file.name()), target, deadline.remaining());
      verify(member, target, sums.get(file.name()));
    }
    return files.size();
  }

  private static boolean belongsHome(String name) {
    return name.endsWith(".csv")
        || name.endsWith(".log")
        || name.endsWith(".json")
        || isOutputOfCommand(name)
        || name.equals(CommandLines.PROGRESS_FILE);
  }

  private static boolean isOutputOfCommand(String name) {
    return name.startsWith("exec_") && (name.endsWith(".out") || name.endsWith(".err"));
  }

  /** What the run is about stands in the run directory itself, all else among the logs. */
  private Path target(Member member, String name) {
    if (name.endsWith(".csv") || name.equals(ControlReport.FILE) || isOutputOfCommand(name)) {
      return run.path().resolve(name);
    }
    boolean named = name.startsWith(member.name());
    return run.log(member.name()).resolveSibling(named ? name : member.name() + "-" + name);
  }

  private static Map<String, String> sums(
      Member member, List<RemoteFile> files, Deadline deadline) {
    if (files.isEmpty()) {
      return Map.of();
    }
    List<String> argv = new java.util.ArrayList<>(List.of("sha256sum", "--"));
    files.forEach(file -> argv.add(member.file(file.name())));
    CommandResult result = member.site().host().run(Command.of(argv, deadline.remaining()));
    List<String> lines = result.out().lines().toList();
    if (!result.succeeded() || lines.size() != files.size()) {
      throw new HostException(
          HostException.Kind.REFUSED,
          member.name(),
          "cannot checksum the run's files (" + result.complaint() + ")");
    }
    Map<String, String> sums = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      // A leading backslash marks a name with special characters, which the sum itself has not.
      sums.put(files.get(i).name(), lines.get(i).replaceFirst("^\\\\", "").split(" ", 2)[0]);
    }
    return sums;
  }

  private void verify(Member member, Path target, String expected) {
    try {
      FileFacts facts = FileFacts.of(run.path(), target);
      if (!facts.sha256().equals(expected)) {
        throw new HostException(
            HostException.Kind.LOST,
            member.name(),
            target.getFileName() + " arrived damaged: its SHA-256 differs");
      }
      RunFiles.restrict(target);
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read " + target + ": " + e.getMessage() + ".", e);
    }
  }

  /** Removes the run's folders of those whose files are all here; a failure is only noted. */
  void tidy(Map<String, Member> members, Deadline deadline) {
    Map<String, Outcome<Boolean>> outcomes =
        FanOut.run(
            "tidying",
            members,
            deadline,
            new Cancellation(),
            member ->
                member
                    .site()
                    .host()
                    .run(Command.script(removal(member.folder()), ASK))
                    .succeeded());
    List<String> left =
        outcomes.entrySet().stream()
            .filter(entry -> !entry.getValue().result().orElse(false))
            .map(entry -> members.get(entry.getKey()).folder() + " on " + entry.getKey())
            .toList();
    if (!left.isEmpty()) {
      crew.journal().warn("could not remove " + String.join(", ", left));
    }
  }

  /** Removes a folder, and those of the run and the experiment above it once they are empty. */
  private static String removal(String folder) {
    String quoted = ShellWords.quote(folder);
    return "rm -rf -- "
        + quoted
        + " || exit 1\nc_run=$(dirname -- "
        + quoted
        + ")\nrmdir -- \"$c_run\" 2>/dev/null && rmdir -- \"$(dirname -- \"$c_run\")\" 2>/dev/null\nexit 0";
  }

  /** Removes the folder of the local nodes, if nothing is left in it. */
  static void removeIfEmpty(Path folder) {
    try (var files = Files.walk(folder)) {
      List<Path> all = files.collect(Collectors.toList());
      if (all.stream().allMatch(Files::isDirectory)) {
        for (Path path : all.reversed()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      // What is left there does not spoil the run.
    }
  }
}
