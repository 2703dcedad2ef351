package org.carillon.control.controller;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.carillon.control.GrpcLog;
import org.carillon.control.identity.RunIdentity;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All workers of a run with the streams to them. For the controller's thread. */
final class Crew {

  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  private static final class Member {
    private WorkerMachine machine;
    private AgentLink link;
    private WorkerState loggedState = new WorkerState.Connecting();
    private Optional<String> loggedTrouble = Optional.empty();
  }

  private final ExecutorService transports =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("control-", 1).factory());
  private final List<Member> members = new ArrayList<>();
  private final ControllerOptions options;
  private final ClockSource clock;

  /**
   * @param owner runs tasks in the controller's thread
   */
  Crew(ControllerOptions options, ClockSource clock, Executor owner) {
    this.options = options;
    this.clock = clock;
    GrpcLog.capture();
    ChannelCredentials credentials =
        options
            .identity()
            .map(RunIdentity::channelCredentials)
            .orElseGet(InsecureChannelCredentials::create);
    for (AgentAddress agent : options.agents()) {
      Member member = new Member();
      member.link =
          new AgentLink(
              agent.control(),
              credentials,
              transports,
              owner,
              message ->
                  message.ifPresentOrElse(
                      it -> member.machine.heard(it, clock.monotonicNs()),
                      member.machine::heardNonsense),
              loss -> member.machine.lost(loss, clock.monotonicNs()));
      member.machine =
          new WorkerMachine(
              agent,
              options,
              member.link,
              ThreadLocalRandom.current()::nextDouble,
              clock.monotonicNs());
      members.add(member);
    }
  }

  /** Lets time pass for all, and tells at once who has failed or is in trouble. */
  void tick(Optional<SenderClock> senderClock) {
    long nowNs = clock.monotonicNs();
    for (Member member : members) {
      member.machine.tick(nowNs, senderClock);
      log(member);
    }
  }

  void ping() {
    long nowNs = clock.monotonicNs();
    machines().forEach(machine -> machine.ping(nowNs));
  }

  List<WorkerMachine> machines() {
    return members.stream().map(member -> member.machine).toList();
  }

  /** Those that have not come to an end. */
  List<WorkerMachine> open() {
    return machines().stream().filter(machine -> !machine.state().isFinal()).toList();
  }

  boolean any(Predicate<WorkerState> condition) {
    return members.stream().anyMatch(member -> condition.test(member.machine.state()));
  }

  int size() {
    return members.size();
  }

  int failed() {
    return (int)
        members.stream()
            .filter(member -> member.machine.state() instanceof WorkerState.Failed)
            .count();
  }

  List<WorkerState> states() {
    return machines().stream().map(WorkerMachine::state).toList();
  }

  List<RunView.WorkerView> views() {
    return machines().stream().map(machine -> machine.account().view(machine)).toList();
  }

  List<WorkerResult> results() {
    return machines().stream().map(machine -> machine.account().result(machine)).toList();
  }

  /** Ends all connections; what was sent gets some time to leave. */
  void close() throws InterruptedException {
    long deadlineNs = clock.monotonicNs() + TimeUnit.SECONDS.toNanos(2);
    members.forEach(member -> member.link.close());
    for (Member member : members) {
      member.link.drain(Math.max(0, deadlineNs - clock.monotonicNs()));
    }
    transports.shutdown();
  }

  private void log(Member member) {
    WorkerMachine machine = member.machine;
    String name = machine.account().name();
    WorkerState state = machine.state();
    if (!state.equals(member.loggedState)) {
      member.loggedState = state;
      switch (state) {
        case WorkerState.Failed(WorkerState.Failed.Kind kind, String reason)
            when kind == WorkerState.Failed.Kind.CALLED_OFF ->
            LOG.info("{} has ended: {}", name, reason);
        case WorkerState.Failed failed -> LOG.warn("{} failed: {}", name, failed.reason());
        case WorkerState.Completed() -> completed(name, machine.account());
        default -> LOG.debug("{}: {}", name, state.text());
      }
    }
    Optional<String> trouble = state.isFinal() ? Optional.empty() : machine.trouble();
    if (trouble.isPresent() != member.loggedTrouble.isPresent()) {
      member.loggedTrouble = trouble;
      trouble.ifPresentOrElse(
          it -> LOG.warn("{}: {}", name, it),
          () -> {
            if (!state.isFinal()) {
              LOG.info("{}: well again, after {} reconnects", name, machine.reconnects());
            }
          });
    }
  }

  private static void completed(String name, WorkerAccount account) {
    LOG.info("{} completed", name);
    if (account.reconciled().equals(Optional.of(false))) {
      LOG.warn(
          "{}: the latencies of its intervals are not those of its whole run; its percentiles here"
              + " are not to be trusted",
          name);
    }
  }
}
