package org.carillon.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunDirectory;

/** The processes of a run, kept in the run directory from before the first is started. */
final class Lineup {
  private final Crew crew;
  private final RunDirectory run;
  private final String runId;
  private final long startNs;
  private final SequencedMap<String, Member> members = new LinkedHashMap<>();

  /**
   * @param runId sixteen hexadecimal digits
   * @param startNs of the run, ns since the Unix epoch
   */
  Lineup(Crew crew, RunDirectory run, String runId, long startNs) {
    this.crew = crew;
    this.run = run;
    this.runId = runId;
    this.startNs = startNs;
  }

  /** Says who takes part, before anything is started: a stop must know whom to look for. */
  void enrol(Map<String, Site> sites) {
    if (crew.experiment().time().serve().isPresent()) {
      enrol(Names.TIMESERVER, Member.Role.TIMESERVER, sites.get(Names.TIMESERVER));
    }
    for (String node : crew.roster().healthyNodes()) {
      enrol(node, Member.Role.WORKER, sites.get(node));
    }
    Site site = sites.get(crew.coordinatorsNode().orElse(Names.COORDINATOR));
    if (site == null) {
      crew.roster()
          .fail(
              Names.COORDINATOR,
              "coordinator: its node " + crew.coordinatorsNode().orElse("") + " has dropped out",
              ExitCode.CONNECTION);
      crew.requireCrew(Stage.STAGE);
    }
    enrol(Names.COORDINATOR, Member.Role.COORDINATOR, site);
    save();
  }

  private void enrol(String name, Member.Role role, Site site) {
    members.put(name, new Member(name, role, site, folder(site, name)));
  }

  private String folder(Site site, String name) {
    boolean inRun = site.isLocal() && site.spec().workDir().isEmpty();
    return inRun
        ? run.work().resolve(name).toString()
        : site.runFolder(crew.experiment().name(), run.path().getFileName() + "-" + runId)
            + "/"
            + name;
  }

  /** Keeps what has been started so far; from any thread. */
  synchronized void save() {
    new RunState(runId, startNs, members.values().stream().map(RunState::entry).toList())
        .write(run);
  }

  Member get(String name) {
    return members.get(name);
  }

  /** Everybody, in the order in which they are started. */
  SequencedMap<String, Member> all() {
    return members;
  }

  /** The workers that still take part. */
  SequencedMap<String, Member> healthyWorkers() {
    SequencedMap<String, Member> workers = new LinkedHashMap<>();
    crew.roster().healthyNodes().forEach(node -> workers.put(node, members.get(node)));
    return workers;
  }

  /** Those of which something may be on their hosts. */
  SequencedMap<String, Member> started() {
    SequencedMap<String, Member> started = new LinkedHashMap<>(members);
    started.values().removeIf(member -> member.process().isEmpty());
    return started;
  }
}
