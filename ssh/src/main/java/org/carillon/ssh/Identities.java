package org.carillon.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/**
 * The keys that are offered to a host, in their order: the files that were named, then the rest of
 * the agent. A server counts every offer and hangs up after the sixth (MaxAuthTries), so the right
 * key must be among the first.
 */
final class Identities implements IdentityRepository {
  private final List<Identity> offers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Reads the key files and asks the agent, which may hang.
   *
   * @param jsch of this connection alone; it holds the keys of the files
   */
  Identities(Hop hop, JSch jsch) {
    List<Identity> agent = agent(hop);
    for (Path file : hop.identities()) {
      offer(file, jsch, agent);
    }
    if (!hop.identitiesOnly()) {
      agent.stream().filter(identity -> !isOffered(identity)).forEach(offers::add);
    }
  }

  private List<Identity> agent(Hop hop) {
    if (hop.agent().isEmpty()) {
      return List.of();
    }
    Path socket = hop.agent().get();
    try {
      AgentIdentityRepository repository =
          new AgentIdentityRepository(new SSHAgentConnector(socket));
      if (repository.getStatus() != IdentityRepository.RUNNING) {
        notes.add("no agent answers at " + socket);
        return List.of();
      }
      return List.copyOf(repository.getIdentities());
    } catch (AgentProxyException | RuntimeException e) {
      notes.add("the agent at " + socket + " fails: " + e.getMessage());
      return List.of();
    }
  }

  private void offer(Path file, JSch jsch, List<Identity> agent) {
    if (!Files.isReadable(file)) {
      notes.add(file + (Files.exists(file) ? " cannot be read" : " does not exist"));
      return;
    }
    try {
      jsch.removeAllIdentity();
      jsch.addIdentity(file.toString());
    } catch (JSchException e) {
      notes.add(file + " is not a usable private key (" + e.getMessage() + ")");
      return;
    }
    Identity identity = jsch.getIdentityRepository().getIdentities().firstElement();
    // A key that the agent holds needs no passphrase there.
    Optional<Identity> held = agent.stream().filter(other -> isSame(other, identity)).findFirst();
    if (held.isPresent()) {
      offers.add(held.get());
    } else if (identity.isEncrypted()) {
      notes.add(file + " has a passphrase and is not in the agent (use ssh-add)");
    } else {
      offers.add(identity);
    }
  }

  private boolean isOffered(Identity identity) {
    return offers.stream().anyMatch(offer -> isSame(offer, identity));
  }

  private static boolean isSame(Identity one, Identity other) {
    return one.getPublicKeyBlob() != null
        && Arrays.equals(one.getPublicKeyBlob(), other.getPublicKeyBlob());
  }

  /** What was offered and what was not and why, for the message of a failure. */
  String summary() {
    String offered =
        offers.isEmpty()
            ? "no key was offered"
            : "offered " + String.join(", ", offers.stream().map(Identities::called).toList());
    return notes.isEmpty() ? offered : offered + "; " + String.join("; ", notes);
  }

  private static String called(Identity identity) {
    return identity.getName() + " (" + identity.getAlgName() + ")";
  }

  @Override
  public String getName() {
    return "the keys of one connection";
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public Vector<Identity> getIdentities() {
    return new Vector<>(offers);
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {
    offers.clear();
  }
}
