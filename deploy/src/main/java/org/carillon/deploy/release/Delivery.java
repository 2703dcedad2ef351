package org.carillon.deploy.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.carillon.core.time.ClockSource;
import org.carillon.deploy.deployable.Deployable;
import org.carillon.ssh.Host;
import org.carillon.ssh.HostException;

/**
 * Brings a release to hosts, each file that a host has not. A parcel goes in pieces: what arrived
 * before a cut is not sent again, and where hosts see the same folder, one of them gets it for all.
 */
final class Delivery {

  private static final NodeScript SCRIPT =
      NodeScript.beside(Delivery.class, "common.sh", "receive.sh");

  /** Small enough that a slow line moves one within the deadline of a piece, at 10 kB/s. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final Duration PIECE = Duration.ofSeconds(120);
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration UNPACKING = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(300);

  /** Tries after a cut, each after a pause; a damaged parcel is sent again once. */
  private static final int TRIES = 4;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Deployable deployable;
  private final Parcels parcels;
  private final String nonce;
  private final ClockSource clock;
  private final Consumer<String> said;
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /**
   * @param nonce of this deployment, which no other has
   * @param said told what a user should know
   */
  Delivery(
      Deployable deployable,
      Parcels parcels,
      String nonce,
      ClockSource clock,
      Consumer<String> said) {
    this.deployable = deployable;
    this.parcels = parcels;
    this.nonce = nonce;
    this.clock = clock;
    this.said = said;
  }

  /**
   * Makes sure that a release is on a host, complete and read back.
   *
   * @param base a release that is there, whose files need not travel
   * @return in a few words, how it came there
   */
  String deliver(Host host, String id, Optional<String> base, Instant now) {
    Optional<Manifest> known = base.flatMap(it -> manifest(host, it));
    try {
      return deliver(host, id, base.filter(it -> known.isPresent()), known, now);
    } catch (HostException e) {
      boolean damaged = e.kind() == HostException.Kind.REFUSED && known.isPresent();
      if (!damaged) {
        throw e;
      }
      said.accept(
          host.name()
              + ": the files of "
              + base.orElseThrow()
              + " cannot be used again, so all are sent ("
              + e.getMessage()
              + ")");
      return deliver(host, id, Optional.empty(), Optional.empty(), now);
    }
  }

  private String deliver(
      Host host, String id, Optional<String> base, Optional<Manifest> known, Instant now) {
    Parcel parcel = parcels.over(known);
    try {
      String how = send(host, parcel);
      List<String> words =
          new ArrayList<>(
              List.of(
                  incoming(host), parcel.sha256(), id, base.orElse("-"), NodeRelease.stamp(now)));
      words.addAll(deployable.release().shared());
      ask(host, "unpack the release", UNPACKING, new byte[0], "unpack", words);
      return how;
    } catch (HostException e) {
      failed.add(host.name());
      if (e.kind() == HostException.Kind.REFUSED) {
        drop(host, id, parcel);
      }
      throw e;
    }
  }

  /** Takes away what cannot be used; the failure that led here is what counts. */
  private void drop(Host host, String id, Parcel parcel) {
    try {
      List<String> words = List.of(incoming(host), parcel.sha256(), id, nonce + "/" + host.name());
      ask(host, "remove what was uploaded", SHORT, new byte[0], "drop", words);
    } catch (HostException e) {
      said.accept(e.getMessage());
    }
  }

  /**
   * The room that a release will need on a host, in bytes: for what travels and for all of its
   * files, since those that stay the same are copied.
   */
  long bytesNeeded(Host host, Optional<String> base) {
    Parcel parcel = parcels.over(base.flatMap(it -> manifest(host, it)));
    return parcel.sizeBytes() + parcels.manifest().sizeBytes();
  }

  /** The folder for what is incoming: outside of the part of the root that is the host's own. */
  private String incoming(Host host) {
    int own = deployable.root().indexOf(Deployable.HOST_TOKEN);
    return own < 0
        ? deployable.rootOn(host.name()) + "/incoming"
        : deployable.root().substring(0, deployable.root().lastIndexOf('/', own) + 1) + ".incoming";
  }

  private String send(Host host, Parcel parcel) {
    int tries = TRIES;
    boolean again = true;
    while (true) {
      try {
        Optional<String> how = attempt(host, parcel);
        if (how.isPresent()) {
          return how.get();
        }
        if (!again) {
          throw new HostException(
              HostException.Kind.REFUSED,
              host.name(),
              "what arrived of the release is damaged, twice; check its disk and memory");
        }
        again = false;
        said.accept(host.name() + ": what arrived of the release is damaged; it is sent again");
      } catch (HostException e) {
        boolean cut =
            e.kind() == HostException.Kind.LOST
                || e.kind() == HostException.Kind.UNREACHABLE
                || e.kind() == HostException.Kind.TIMEOUT;
        tries--;
        if (!cut || tries == 0) {
          throw e;
        }
        said.accept(host.name() + ": the upload was cut and goes on (" + e.getMessage() + ")");
        pause(host, PAUSE);
      }
    }
  }

  /** Empty if all bytes arrived, but not as they were sent. */
  private Optional<String> attempt(Host host, Parcel parcel) {
    long endNs = clock.monotonicNs() + UNPACKING.toNanos();
    String take = "";
    while (true) {
      String answer = begin(host, parcel, take);
      if (answer.equals("there")) {
        return Optional.of("there already");
      }
      if (answer.startsWith("lead ")) {
        return upload(host, parcel, Long.parseLong(answer.substring("lead ".length())));
      }
      // Another host uploads what this one sees, too.
      take = failed.contains(answer.substring("wait ".length())) ? "take" : "";
      if (clock.monotonicNs() > endNs) {
        throw new HostException(
            HostException.Kind.TIMEOUT,
            host.name(),
            "the release did not arrive in the shared folder " + incoming(host) + " within 10 min");
      }
      pause(host, LOOK);
    }
  }

  private String begin(Host host, Parcel parcel, String take) {
    List<String> words =
        new ArrayList<>(
            List.of(
                incoming(host),
                parcel.sha256(),
                Long.toString(parcel.sizeBytes()),
                nonce,
                host.name()));
    if (!take.isEmpty()) {
      words.add(take);
    }
    return ask(host, "begin the upload", SHORT, new byte[0], "begin", words).strip();
  }

  private Optional<String> upload(Host host, Parcel parcel, long have) {
    long offset = have;
    while (offset < parcel.sizeBytes()) {
      byte[] piece = parcel.read(offset, PIECE_BYTES);
      List<String> words = List.of(incoming(host), parcel.sha256(), Long.toString(offset));
      offset = Long.parseLong(ask(host, "upload", PIECE, piece, "append", words).strip());
    }
    List<String> words = List.of(incoming(host), parcel.sha256());
    String answer = ask(host, "verify the upload", UNPACKING, new byte[0], "complete", words);
    return answer.strip().equals("there")
        ? Optional.of(
            "%d %s, %d kB sent%s"
                .formatted(
                    parcel.changedFiles(),
                    parcel.changedFiles() == 1 ? "file" : "files",
                    (parcel.sizeBytes() - have + 999) / 1000,
                    have > 0 ? ", " + have / 1000 + " kB were there" : ""))
        : Optional.empty();
  }

  /** What is in a release of a host; empty if that cannot be told, and then all is sent. */
  private Optional<Manifest> manifest(Host host, String id) {
    try {
      String path =
          ask(host, "find the manifest", SHORT, new byte[0], "manifest", List.of(id)).strip();
      if (path.isEmpty()) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("carillon-manifest-", "");
      try {
        host.download(path, file, SHORT);
        return Optional.of(Manifest.parse(Files.readAllBytes(file)));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    } catch (IllegalArgumentException e) {
      said.accept(host.name() + ": the manifest of " + id + " is damaged, so all files are sent");
      return Optional.empty();
    }
  }

  /** Takes what was incoming away; what fails here harms nobody. */
  void tidy(Host host) {
    for (String sum : parcels.sums()) {
      ask(
          host,
          "remove what was uploaded",
          SHORT,
          new byte[0],
          "tidy",
          List.of(incoming(host), sum));
    }
  }

  private String ask(
      Host host, String what, Duration deadline, byte[] input, String verb, List<String> words) {
    List<String> all = new ArrayList<>(List.of(deployable.rootOn(host.name())));
    all.addAll(words);
    return SCRIPT.ask(host, what, deadline, input, verb, all.toArray(String[]::new));
  }

  private void pause(Host host, Duration duration) {
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HostException(
          HostException.Kind.INTERRUPTED, host.name(), "the upload was given up on request", e);
    }
  }
}
