package org.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/**
 * A laboratory of scripts/lab: hosts bell1, bell2, … with addresses and sshd of their own, which
 * only root can make.
 */
final class Lab implements AutoCloseable {

  private final Path state;

  private Lab(Path state) {
    this.state = state;
  }

  /**
   * Makes one, and returns when all hosts answer.
   *
   * @param state a folder that is not there yet
   */
  static Lab up(Path state, int hosts) {
    Lab lab = new Lab(state);
    lab.must("up", hosts);
    return lab;
  }

  /** The OpenSSH configuration that leads to the hosts. */
  Path config() {
    return state.resolve("ssh_config");
  }

  /** The folder that a host has as its {@code /run/lab}, seen from here. */
  Path folder(String host) {
    return state.resolve("hosts").resolve(host).resolve("run/lab");
  }

  /** Any command of scripts/lab. */
  Program.Result run(Object... arguments) {
    return Program.of(Program.checkout().resolve("scripts/lab").toString())
        .env("CARILLON_LAB", state.toString())
        .with(arguments)
        .run();
  }

  /** One that must succeed; returns what it prints. */
  String must(Object... arguments) {
    Program.Result result = run(arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  /** What a command prints on a host, however it ends. */
  String on(String host, String command) {
    return run("ssh", host, command).out();
  }

  /** Removes it. */
  @Override
  public void close() {
    must("down");
  }
}
