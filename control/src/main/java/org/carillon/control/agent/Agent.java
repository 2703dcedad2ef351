package org.carillon.control.agent;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerStreamTracer;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.carillon.control.GrpcLog;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.WorkloadFactory;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.fault.ControlStall;
import org.carillon.core.run.RunFiles;
import org.carillon.core.time.ClockSource;

/** Serves one run: listens from {@link #open} on, and ends when the run is over. */
public final class Agent implements AutoCloseable {

  /** For showing the identity, and the first words of HTTP/2. */
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** After this silence the other side is asked, and then has the second time to answer. */
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);

  private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(5);

  /** How often a coordinator may ask the same. */
  private static final Duration KEEPALIVE_PERMITTED = Duration.ofSeconds(1);

  /** A connection without a stream is of no use. */
  private static final Duration CONNECTION_IDLE = Duration.ofSeconds(30);

  private static final int STREAMS_PER_CONNECTION_MAX = 4;

  /** A configuration with a large environment is far below. */
  private static final int MESSAGE_MAX_BYTES = 4 << 20;

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final AgentLoop loop;
  private final ConnectionGate gate;
  private final ExecutorService threads;
  private final Server server;

  private Agent(AgentLoop loop, ConnectionGate gate, ExecutorService threads, Server server) {
    this.loop = loop;
    this.gate = gate;
    this.threads = threads;
    this.server = server;
  }

  /** As below, of an agent whose control stream never stalls. */
  public static Agent open(
      AgentOptions options, ClockSource clock, NodeClock nodeClock, WorkloadFactory workloads) {
    return open(options, clock, nodeClock, workloads, ControlStall.never(clock));
  }

  /**
   * Opens the control port.
   *
   * @param stall when to be connected, and as if nobody were there
   * @throws CarillonException CONNECTION if the port cannot be bound, USAGE if there is no identity
   *     and the address is not a loopback address
   */
  public static Agent open(
      AgentOptions options,
      ClockSource clock,
      NodeClock nodeClock,
      WorkloadFactory workloads,
      ControlStall stall) {
    InetSocketAddress listen = options.listen();
    if (options.identity().isEmpty() && !listen.getAddress().isLoopbackAddress()) {
      throw new CarillonException(
          ExitCode.USAGE,
          "the control port "
              + text(listen)
              + " would obey everybody who can reach it: give an --identity, or listen on"
              + " 127.0.0.1.");
    }
    GrpcLog.capture();
    ConnectionGate gate = new ConnectionGate(clock);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    AgentLoop loop = new AgentLoop(options, clock, nodeClock, workloads, stall);
    Server server =
        OkHttpServerBuilder.forPort(
                listen,
                options
                    .identity()
                    .map(RunIdentity::serverCredentials)
                    .orElseGet(InsecureServerCredentials::create))
            .socketFactory(gate)
            .transportExecutor(threads)
            .executor(threads)
            .handshakeTimeout(HANDSHAKE.toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTime(KEEPALIVE.toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTimeout(KEEPALIVE_ANSWER.toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveTime(KEEPALIVE_PERMITTED.toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveWithoutCalls(true)
            .maxConnectionIdle(CONNECTION_IDLE.toNanos(), TimeUnit.NANOSECONDS)
            .maxConcurrentCallsPerConnection(STREAMS_PER_CONNECTION_MAX)
            .maxInboundMessageSize(MESSAGE_MAX_BYTES)
            .addTransportFilter(tellOfProofs(gate))
            .addStreamTracerFactory(tellOfStreams(gate))
            .addService(loop.service())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      loop.close();
      threads.close();
      throw new CarillonException(
          ExitCode.CONNECTION,
          "cannot listen for the control stream on "
              + text(listen)
              + ": "
              + RunFiles.reason(e)
              + "; is another worker running there?",
          e);
    }
    return new Agent(loop, gate, threads, server);
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static ServerTransportFilter tellOfProofs(ConnectionGate gate) {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        gate.proven(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        return attributes;
      }
    };
  }

  private static ServerStreamTracer.Factory tellOfStreams(ConnectionGate gate) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new ServerStreamTracer() {
          private volatile SocketAddress from;

          @Override
          public void serverCallStarted(ServerCallInfo<?, ?> call) {
            from = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            gate.opened(from);
          }

          @Override
          public void streamClosed(Status status) {
            if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && from != null) {
              gate.tooLarge(from);
            }
          }
        };
      }
    };
  }

  /** The TCP port that is bound. */
  public int port() {
    return server.getPort();
  }

  /** Connections that have not shown the identity yet. */
  int unprovenConnections() {
    return gate.unprovenCount();
  }

  /** Waits for a coordinator, does what it says, and returns when the run is over. */
  public AgentOutcome run() {
    return loop.run();
  }

  /** Ends the run in good order, as an abort from this node; from any thread. */
  public void stop() {
    loop.stop("this worker was told to stop on its node");
  }

  @Override
  public void close() {
    gate.closing();
    server.shutdown();
    try {
      if (!server.awaitTermination(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    loop.close();
    threads.shutdownNow();
  }
}
