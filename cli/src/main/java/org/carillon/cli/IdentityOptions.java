package org.carillon.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.carillon.control.identity.RunIdentity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** By what the processes of a run know each other. */
abstract class IdentityOptions {

  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description =
          "Identity of the run, the same for its coordinator and all workers: a file of mode 0600"
              + " that 'deploy identity FILE' makes, or - for standard input.")
  private String identity;

  @Option(
      names = "--control-without-identity",
      description =
          "Do without an identity, so that whoever reaches the control port may command the worker;"
              + " only between processes of one machine, over loopback addresses.")
  private boolean withoutIdentity;

  /**
   * The identity, read.
   *
   * @throws ParameterException unless exactly one of the two options is given
   * @throws org.carillon.core.CarillonException USAGE if it is none
   */
  Optional<RunIdentity> identity(CommandSpec spec) {
    if (identity == null && !withoutIdentity) {
      throw new ParameterException(
          spec.commandLine(),
          "--identity is missing: give the run's identity, which 'deploy identity FILE' makes; or,"
              + " with all processes on one machine, --control-without-identity");
    }
    if (identity != null && withoutIdentity) {
      throw new ParameterException(
          spec.commandLine(),
          "--identity and --control-without-identity exclude each other: give one of them");
    }
    return Optional.ofNullable(identity)
        .map(
            source ->
                source.equals(STANDARD_INPUT)
                    ? RunIdentity.read(System.in, "standard input")
                    : RunIdentity.read(Path.of(source)));
  }
}
