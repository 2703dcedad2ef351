package org.carillon.cli;

import java.nio.file.Path;
import org.carillon.control.identity.RunIdentity;

/** Makes the identity for {@link AotTraining}; a compute node has no library that could. */
final class TrainingIdentity {

  private TrainingIdentity() {}

  /** Takes the name of the file. */
  public static void main(String[] args) {
    RunIdentity.create().write(Path.of(args[0]));
  }
}
