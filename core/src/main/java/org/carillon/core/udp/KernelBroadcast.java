package org.carillon.core.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends by sendmmsg(2) on one socket, which is connected only if there is one receiver.
 *
 * <p>An error that a datagram comes back with, the kernel reports in place of the next one that is
 * sent, whoever that is for. So after each error the error queue tells whom it is about, and the
 * datagram that was not sent for it is sent again.
 */
final class KernelBroadcast implements Broadcast {

  private static final Logger LOG = LoggerFactory.getLogger(KernelBroadcast.class);

  private static final int MSG_DONTWAIT = 0x40;

  /** So often may errors of others keep one datagram from being sent. */
  private static final int TRIES_MAX = 16;

  /** As many stamps may lie in the error queue, which has room for some hundred. */
  private static final int UNTAKEN_STAMPS_MAX = 64;

  /** A datagram of a few bytes takes some 800 of this until the driver is done with it. */
  private static final int SEND_BUFFER_BYTES = 4 << 20;

  private final Arena arena;
  private final SocketDescriptor descriptor;
  private final LibC libC;
  private final OutgoingBatch batch;
  private final ReceiverFaults faults;
  private final ErrorQueue errorQueue;
  private final Optional<TransmitStamps> stamps;
  private final Map<InetSocketAddress, Integer> index = new HashMap<>();
  private int untakenStamps;
  private boolean closed;

  private KernelBroadcast(
      Arena arena,
      SocketDescriptor descriptor,
      List<InetSocketAddress> receivers,
      boolean transmitStamps)
      throws IOException {
    this.arena = arena;
    this.descriptor = descriptor;
    libC = new LibC(arena);
    batch = new OutgoingBatch(arena, descriptor.family(), receivers);
    faults = new ReceiverFaults(receivers.size());
    for (int i = 0; i < receivers.size(); i++) {
      index.putIfAbsent(receivers.get(i), i);
    }
    if (batch.size() == 1) {
      connect();
    }
    descriptor.askForErrors();
    descriptor.askForSendBuffer(SEND_BUFFER_BYTES);
    descriptor.hearNothing();
    errorQueue = new ErrorQueue(descriptor, arena, this::refused);
    stamps = transmitStamps ? TransmitStamps.ofSome(descriptor, errorQueue) : Optional.empty();
    stamps.ifPresent(some -> batch.stampFirst());
  }

  /** See {@link Broadcast#to}. */
  static KernelBroadcast to(List<InetSocketAddress> receivers, boolean transmitStamps)
      throws IOException {
    List<InetSocketAddress> reachable =
        receivers.stream().map(KernelBroadcast::withoutWildcard).toList();
    boolean ipv4 =
        reachable.stream().allMatch(receiver -> receiver.getAddress() instanceof Inet4Address);
    Arena arena = Arena.ofShared();
    SocketDescriptor descriptor = null;
    try {
      LibC libC = new LibC(arena);
      descriptor =
          ipv4 ? SocketDescriptor.openIpv4(libC, arena) : SocketDescriptor.open(libC, arena);
      return new KernelBroadcast(arena, descriptor, reachable, transmitStamps);
    } catch (IOException | RuntimeException | Error e) {
      if (descriptor != null) {
        descriptor.close();
      }
      arena.close();
      throw e;
    }
  }

  /**
   * Spares the kernel looking for the way at each send, some 6 % of what it costs. Where there is
   * none yet, the sends tell.
   */
  private void connect() {
    try {
      descriptor.connect(batch.nameAddress(0), batch.nameBytes(0));
      batch.leaveOutName(0);
    } catch (IOException e) {
      LOG.debug("a socket is not connected to its only receiver", e);
    }
  }

  /** Linux takes a wildcard address for this host, and so it would not come back in errors. */
  private static InetSocketAddress withoutWildcard(InetSocketAddress receiver) {
    return !receiver.isUnresolved() && receiver.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.getPort())
        : receiver;
  }

  private void refused(int error, InetSocketAddress to) {
    Integer receiver = index.get(to);
    if (receiver != null) {
      faults.note(receiver, error);
    }
  }

  @Override
  public int send(ByteBuffer datagram, Failures failures) {
    batch.put(datagram);
    if (untakenStamps == UNTAKEN_STAMPS_MAX) {
      untakenStamps = 0;
      errorQueue.read();
    }
    int next = 0;
    int tries = 0;
    while (next < batch.size()) {
      int sent =
          libC.call(
              LibC.SENDMMSG,
              descriptor.number(),
              batch.address(next),
              batch.size() - next,
              MSG_DONTWAIT,
              0,
              0);
      if (sent > 0) {
        if (next == 0) {
          firstSent();
        }
        next += sent;
        tries = 0;
        if (next < batch.size()) {
          // An error stopped the call, which does not say which one and has forgotten it.
          errorQueue.read();
        }
        continue;
      }
      int error = libC.errno();
      if (errorOfAnother(error, next) && tries < TRIES_MAX) {
        tries++;
      } else {
        faults.note(next, error);
        next++;
        tries = 0;
      }
    }
    return faults.tell(failures, libC);
  }

  @Override
  public void prepare() {
    libC.call(LibC.SENDMMSG, descriptor.number(), batch.address(0), 0, MSG_DONTWAIT, 0, 0);
  }

  private void firstSent() {
    if (stamps.isPresent()) {
      stamps.get().sent();
      untakenStamps++;
    }
  }

  /** Whether a datagram was not sent for a reason that is not its own. */
  private boolean errorOfAnother(int error, int receiver) {
    long cameBackBefore = errorQueue.cameBack();
    errorQueue.read();
    if (receiver == 0) {
      stamps.ifPresent(TransmitStamps::sendFailed);
    }
    return error == LibC.EINTR
        || error == LibC.ECONNREFUSED
        || errorQueue.cameBack() > cameBackBefore;
  }

  @Override
  public long transmitTimeNs() {
    untakenStamps = 0;
    return stamps.isPresent() ? stamps.get().lastNs() : UNKNOWN;
  }

  @Override
  public void checkRefusals(Failures failures) {
    errorQueue.read();
    faults.tell(failures, libC);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      descriptor.close();
      arena.close();
    }
  }
}
