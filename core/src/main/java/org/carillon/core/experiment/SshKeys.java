package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.optional;
import static org.carillon.core.keys.Key.withDefault;

import java.nio.file.Path;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;
import org.carillon.core.keys.Values;

/** The group {@code ssh}: how hosts are reached. */
public final class SshKeys {

  public static final KeyGroup GROUP = new KeyGroup();

  static final Key<String> CONFIG =
      GROUP.add(
          optional(
              "ssh.config",
              Forms.text("path"),
              "OpenSSH client configuration; `~/.ssh/config` if that exists. Relative paths of this"
                  + " group start at the folder of the file that holds them."));
  static final Key<String> KNOWN_HOSTS =
      GROUP.add(
          optional(
              "ssh.known_hosts",
              Forms.text("path"),
              "Known host keys; `~/.ssh/known_hosts` if left out."));
  static final Key<String> IDENTITY =
      GROUP.add(
          optional(
              "ssh.identity",
              Forms.text("path"),
              "Private key; the agent's and those of the SSH configuration if left out."));
  static final Key<HostKeyPolicy> HOST_KEYS =
      GROUP.add(
          withDefault(
              "ssh.host_keys",
              Forms.choice(HostKeyPolicy.class),
              "strict",
              "`strict` refuses a host that is not known; `accept-new` remembers it. A changed key"
                  + " is always refused."));

  private SshKeys() {}

  /** What a file says about them. */
  public static Experiment.Ssh read(Values values) {
    return new Experiment.Ssh(
        values.find(CONFIG).map(Path::of),
        values.find(KNOWN_HOSTS).map(Path::of),
        values.find(IDENTITY).map(Path::of),
        values.get(HOST_KEYS));
  }
}
