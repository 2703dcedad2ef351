package org.carillon.control.controller;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.carillon.control.wire.Aborted;
import org.carillon.control.wire.ControlGrpc;
import org.carillon.control.wire.ControlMessage;
import org.carillon.control.wire.Error;
import org.carillon.control.wire.Pong;
import org.carillon.control.wire.StatusMessage;
import org.carillon.core.net.HostPort;

/** An agent that does as its script says: by default, a run of two statuses and a good end. */
final class FakeAgent extends ControlGrpc.ControlImplBase {

  private static final long[] FIRST_NS = {100, 200, 300};
  private static final long[] SECOND_NS = {-50, 400};
  private static final long[] ALL_NS = {100, 200, 300, -50, 400};

  private final String name;
  private final BiConsumer<FakeAgent, ControlMessage> script;
  private final Server server;
  private final List<ControlMessage> heard = new ArrayList<>();
  private final List<StatusMessage> kept = new ArrayList<>();
  private Optional<StreamObserver<StatusMessage>> stream = Optional.empty();
  private long lastCommand;
  private boolean mute;
  private long boundNs = 1_000_000;

  FakeAgent(String name) {
    this(name, FakeAgent::obey);
  }

  /**
   * @param script what to do with every message, by a call of the agent's methods
   */
  FakeAgent(String name, BiConsumer<FakeAgent, ControlMessage> script) {
    this.name = name;
    this.script = script;
    try {
      server =
          OkHttpServerBuilder.forPort(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  InsecureServerCredentials.create())
              .addService(this)
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AgentAddress address() {
    return new AgentAddress(
        Optional.of(name), new HostPort("127.0.0.1", server.getPort()), Optional.empty());
  }

  synchronized List<ControlMessage> heard() {
    return List.copyOf(heard);
  }

  synchronized FakeAgent withClockBoundNs(long ns) {
    boundNs = ns;
    return this;
  }

  @Override
  public synchronized StreamObserver<ControlMessage> execute(StreamObserver<StatusMessage> out) {
    stream = Optional.of(out);
    return new StreamObserver<>() {
      @Override
      public void onNext(ControlMessage message) {
        synchronized (FakeAgent.this) {
          heard.add(message);
          if (!mute) {
            script.accept(FakeAgent.this, message);
          }
        }
      }

      @Override
      public void onError(Throwable fault) {}

      @Override
      public void onCompleted() {
        synchronized (FakeAgent.this) {
          if (stream.equals(Optional.of(out))) {
            out.onCompleted();
            stream = Optional.empty();
          }
        }
      }
    };
  }

  synchronized void obey(ControlMessage message) {
    if (message.getSequence() > 0) {
      if (message.getSequence() <= lastCommand) {
        return;
      }
      lastCommand = message.getSequence();
    }
    switch (message.getCommandCase()) {
      case CONFIG ->
          tell(
              Messages.ready(next(), name).toBuilder()
                  .setReady(
                      Messages.ready(1, name).getReady().toBuilder()
                          .setClock(Messages.clock(boundNs)))
                  .build());
      case START -> {
        tell(Messages.running(next(), 3, FIRST_NS));
        tell(Messages.running(next(), 5, SECOND_NS));
      }
      case PING ->
          send(
              Messages.status(0)
                  .setPong(
                      Pong.newBuilder()
                          .setNumber(message.getPing().getNumber())
                          .setClock(Messages.clock(boundNs)))
                  .build());
      case ABORT ->
          tell(
              Messages.status(next())
                  .setAborted(Aborted.newBuilder().setReason(message.getAbort().getReason()))
                  .build());
      case RESUME ->
          kept.stream()
              .filter(it -> it.getSequence() > message.getResume().getLastStatusSequence())
              .forEach(this::send);
      case END_OF_STREAM -> tell(Messages.completed(next(), 5, ALL_NS));
      case ACKNOWLEDGE, GOODBYE, COMMAND_NOT_SET -> {}
    }
  }

  /** Refuses as an agent does that finds a fault. */
  synchronized void error(String path, String reason) {
    tell(
        Messages.status(next())
            .setError(Error.newBuilder().setPath(path).setReason(reason))
            .build());
  }

  /** Says nothing from now on. */
  synchronized void fallSilent() {
    mute = true;
  }

  /** Breaks the stream; statuses are kept for the next. */
  synchronized void cut() {
    stream.ifPresent(it -> it.onError(Status.UNAVAILABLE.withDescription("cut").asException()));
    stream = Optional.empty();
  }

  /** As when the process is killed: what is on its way to it is not answered any more. */
  synchronized void die() {
    mute = true;
    server.shutdownNow();
  }

  synchronized void tell(StatusMessage status) {
    kept.add(status);
    send(status);
  }

  synchronized long next() {
    return kept.size() + 1;
  }

  private void send(StatusMessage status) {
    stream.ifPresent(it -> it.onNext(status));
  }
}
