package org.carillon.deploy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.carillon.ssh.DetachedProcess;

/**
 * One process of a run and what is known about it. Changed by the thread that works on it in a
 * stage; stages follow each other.
 */
final class Member {

  /** What a process is there for. */
  enum Role {
    TIMESERVER,
    WORKER,
    COORDINATOR;

    /** Which port its ready file is awaited for. */
    String portName() {
      return this == WORKER ? "control_port" : "port";
    }
  }

  private final String name;
  private final Role role;
  private final Site site;
  private final String folder;
  private volatile List<String> argv = List.of();
  private volatile Optional<DetachedProcess> process = Optional.empty();
  private volatile Optional<Ready> ready = Optional.empty();
  private volatile OptionalInt exitCode = OptionalInt.empty();
  private volatile int attempts;

  /**
   * @param folder where it runs on its host; absolute
   */
  Member(String name, Role role, Site site, String folder) {
    this.name = name;
    this.role = role;
    this.site = site;
    this.folder = folder;
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  Site site() {
    return site;
  }

  String folder() {
    return folder;
  }

  /** A file in its folder. */
  String file(String fileName) {
    return folder + "/" + fileName;
  }

  /** Its command line; empty before it was started. */
  List<String> argv() {
    return argv;
  }

  Optional<DetachedProcess> process() {
    return process;
  }

  void started(List<String> newArgv, DetachedProcess newProcess) {
    argv = List.copyOf(newArgv);
    process = Optional.of(newProcess);
    attempts++;
  }

  /** Found again after another deploy had started it. */
  void found(DetachedProcess newProcess) {
    process = Optional.of(newProcess);
  }

  int attempts() {
    return attempts;
  }

  Optional<Ready> ready() {
    return ready;
  }

  void ready(Ready newReady) {
    ready = Optional.of(newReady);
  }

  OptionalInt exitCode() {
    return exitCode;
  }

  void exited(int code) {
    exitCode = OptionalInt.of(code);
  }
}
