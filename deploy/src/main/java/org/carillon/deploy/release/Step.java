package org.carillon.deploy.release;

/** The steps of a change on one host, in their order, as they stand in logs and reports. */
enum Step {
  LOCK("lock", "runs no other deployment"),
  CHECK("check", "tools, clock, folders, permissions, room"),
  STAGE("stage", "bring the files that changed, and read all back"),
  BACKUP("backup", "copy what is in use, and read it back"),
  STOP("stop", "ask the service to end, kill it after its deadline"),
  SWAP("swap", "let current point to the release"),
  START("start", "start the service"),
  HEALTH("health", "look until it is healthy"),
  VALIDATE("validate", "tests, health, versions, patterns in logs"),
  FINISH("finish", "mark it good, remove what is no longer kept"),
  UNDO("undo", "back to the state before");

  private final String word;
  private final String meaning;

  Step(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  String word() {
    return word;
  }

  /** What is done, for a dry run. */
  String meaning() {
    return meaning;
  }
}
