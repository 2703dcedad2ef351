package org.carillon.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.experiment.Experiment;
import org.carillon.core.fault.FaultPlan;
import org.carillon.core.run.FileFacts;
import org.carillon.core.run.Manifest;
import org.carillon.core.run.RunDirectory;
import org.carillon.core.run.RunFiles;

/** Writes the manifest of a run. */
final class Bookkeeping {
  private final Crew crew;
  private final RunDirectory run;
  private final String runId;
  private final long startNs;

  /**
   * @param runId sixteen hexadecimal digits
   * @param startNs of the run, ns since the Unix epoch
   */
  Bookkeeping(Crew crew, RunDirectory run, String runId, long startNs) {
    this.crew = crew;
    this.run = run;
    this.runId = runId;
    this.startNs = startNs;
  }

  /** Says that the run is under way. */
  void begin() {
    publish(
        Optional.empty(),
        Optional.empty(),
        "under way",
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Says what the run was.
   *
   * @param outcomes {@code ok}, {@code failed}, {@code stopped} or {@code not started} by node
   */
  void end(
      ExitCode code,
      String outcome,
      Collection<Member> members,
      Map<String, String> outcomes,
      Optional<ControlReport> control,
      Optional<Analyzer.Found> found) {
    Optional<Long> nowNs = Optional.of(crew.clock().realtimeNs());
    publish(nowNs, Optional.of(code), outcome, members, outcomes, control, found);
  }

  private void publish(
      Optional<Long> endNs,
      Optional<ExitCode> code,
      String outcome,
      Collection<Member> members,
      Map<String, String> outcomes,
      Optional<ControlReport> control,
      Optional<Analyzer.Found> found) {
    List<Manifest.Member> listed = new ArrayList<>();
    List<Manifest.Started> commands = new ArrayList<>();
    for (Member member : members) {
      listed.add(member(member, outcomes));
      if (!member.argv().isEmpty()) {
        commands.add(new Manifest.Started(member.site().name(), member.name(), member.argv()));
      }
    }
    crew.roster()
        .failures()
        .forEach(
            (name, failure) -> {
              if (members.stream().noneMatch(member -> member.name().equals(name))) {
                listed.add(absent(name, failure.reason()));
              }
            });
    Map<String, String> versions = new TreeMap<>();
    versions.put("carillon", crew.distribution().version());
    versions.put("java", Runtime.version().toString());
    Manifest manifest =
        new Manifest(
            runId,
            crew.experiment().name(),
            startNs,
            endNs,
            code,
            outcome,
            versions,
            listed,
            commands,
            control.flatMap(ControlReport::start),
            injectedFaults(control),
            endNs.isPresent() ? files() : List.of(),
            found.map(Analyzer.Found::findings).orElse(List.of()),
            found.map(Analyzer.Found::warnings).orElse(List.of()));
    RunFiles.publish(run.manifest(), manifest.toJson());
  }

  /** What was asked for; what the processes said of themselves takes precedence. */
  private SequencedMap<String, String> injectedFaults(Optional<ControlReport> control) {
    Map<String, FaultPlan> planned = new LinkedHashMap<>();
    planned.put(Names.COORDINATOR, crew.experiment().coordinator().faults());
    crew.experiment().nodes().forEach((name, node) -> planned.put(name, node.faults()));
    SequencedMap<String, String> faults = new LinkedHashMap<>();
    planned.forEach(
        (name, plan) -> {
          if (!plan.isEmpty()) {
            faults.put(name, plan.text());
          }
        });
    control.map(ControlReport::injectedFaults).ifPresent(faults::putAll);
    return faults;
  }

  private Manifest.Member member(Member member, Map<String, String> outcomes) {
    Experiment.Node node = crew.experiment().nodes().get(member.name());
    String clock =
        switch (member.role()) {
          case WORKER -> node.clock();
          case COORDINATOR -> crew.experiment().coordinator().clock();
          case TIMESERVER -> "system";
        };
    Map<String, String> facts = new TreeMap<>(member.site().facts().forManifest());
    member
        .ready()
        .ifPresent(
            ready -> {
              facts.put("clock_status", ready.clock());
              ready.offset().ifPresent(offset -> facts.put("clock_offset", offset));
            });
    return new Manifest.Member(
        member.name(),
        member.site().isLocal() ? "local" : member.site().spec().address(),
        member
            .ready()
            .filter(ready -> node != null)
            .map(ready -> node.dataAddress() + ":" + ready.port()),
        clock,
        facts,
        member.attempts(),
        outcomes.getOrDefault(member.name(), crew.roster().failed(member.name()) ? "failed" : "ok"),
        crew.roster().reason(member.name()).orElse(""),
        member.exitCode());
  }

  private Manifest.Member absent(String name, String reason) {
    Experiment.HostSpec spec = Arrival.wanted(crew.experiment()).get(name);
    Experiment.Node node = crew.experiment().nodes().get(name);
    return new Manifest.Member(
        name,
        spec == null ? "" : spec.address(),
        Optional.empty(),
        node == null ? "system" : node.clock(),
        Map.of(),
        0,
        "failed",
        reason,
        java.util.OptionalInt.empty());
  }

  private List<FileFacts> files() {
    try (Stream<Path> paths = Files.walk(run.path())) {
      List<FileFacts> facts = new ArrayList<>();
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        boolean counted =
            !path.equals(run.manifest())
                && !path.equals(run.state())
                && !path.startsWith(run.work())
                && !path.equals(run.log("deploy")); // still being written
        if (counted) {
          facts.add(FileFacts.of(run.path(), path));
        }
      }
      return facts;
    } catch (IOException e) {
      throw new CarillonException(
          ExitCode.USAGE, "cannot read the files of " + run + ": " + e.getMessage() + ".", e);
    }
  }
}
