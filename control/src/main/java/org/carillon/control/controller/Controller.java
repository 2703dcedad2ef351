package org.carillon.control.controller;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.carillon.control.controller.RunView.Phase;
import org.carillon.control.workload.NodeClock;
import org.carillon.control.workload.SenderClock;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.time.ClockSource;
import org.carillon.core.time.DurationText;
import org.carillon.core.time.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the workers of one run. All state belongs to the thread in {@link #conduct}; what other
 * threads have to say comes to it as tasks in a queue.
 */
public final class Controller {

  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
  private static final long TICK_NS = MILLISECONDS.toNanos(100);
  private static final long SECOND_NS = SECONDS.toNanos(1);
  private static final long WAITING_LOG_NS = SECONDS.toNanos(5);

  private final ControllerOptions options;
  private final ClockSource clock;
  private final NodeClock nodeClock;
  private final Consumer<RunView> view;
  private final ClockGate gate;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

  private Crew crew;
  private Phase phase = Phase.CONNECTING;
  private Optional<CallingOff> calledOff = Optional.empty();
  private long gateDeadlineNs;
  private Optional<PartThread> part = Optional.empty();
  private boolean partPrepared;
  private boolean startSent;
  private OptionalLong startTrueTimeNs = OptionalLong.empty();
  private long startNs;
  private OptionalLong lastEventId = OptionalLong.empty();
  private long nextSecondNs;
  private long nextWaitingLogNs;

  /**
   * @param nodeClock the coordinator's own bounded clock
   * @param view gets a picture of the run every second, and one at the end; called by one thread
   */
  public Controller(
      ControllerOptions options, ClockSource clock, NodeClock nodeClock, Consumer<RunView> view) {
    this.options = options;
    this.clock = clock;
    this.nodeClock = nodeClock;
    this.view = view;
    this.gate = new ClockGate(options.maxClockBound().toNanos());
  }

  /** Conducts the run from connecting to its end; whatever happens is in the outcome. */
  public RunOutcome conduct(CoordinatorPart coordinatorPart) {
    crew = new Crew(options, clock, tasks::add);
    nextSecondNs = clock.monotonicNs();
    nextWaitingLogNs = nextSecondNs + WAITING_LOG_NS;
    try {
      try {
        OptionsCheck.complaint(options)
            .ifPresent(complaint -> callOff(ExitCode.USAGE, complaint, complaint));
        while (phase != Phase.ENDED) {
          turn(coordinatorPart);
        }
        crew.tick(Optional.empty());
        if (part.isPresent()) {
          part.get().end(Duration.ofSeconds(5));
        }
      } finally {
        crew.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Verdict verdict = new Verdict(ExitCode.ABORTED, "the coordinator was interrupted");
      calledOff = Optional.of(new CallingOff(verdict, clock.monotonicNs()));
    }
    view.accept(picture());
    return outcome();
  }

  /** Calls the run off: every worker that can be reached closes its files; from any thread. */
  public void abort(String reason) {
    tasks.add(() -> callOff(ExitCode.ABORTED, "the run was aborted: " + reason, reason));
  }

  private void turn(CoordinatorPart coordinatorPart) throws InterruptedException {
    long tickNs = clock.monotonicNs() + TICK_NS;
    Runnable task = tasks.poll(TICK_NS, NANOSECONDS);
    while (task != null) {
      task.run();
      task = tasks.poll(Math.max(0, tickNs - clock.monotonicNs()), NANOSECONDS);
    }
    crew.tick(senderClock());
    long nowNs = clock.monotonicNs();
    if (calledOff.isPresent()) {
      calledOff.get().tick(crew.open(), nowNs);
      if (crew.open().isEmpty()) {
        phase = Phase.ENDED;
      }
    } else {
      judge();
      advance(nowNs, coordinatorPart);
    }
    if (nowNs >= nextSecondNs && phase != Phase.ENDED) { // the last picture comes by itself
      nextSecondNs += SECOND_NS * (1 + (nowNs - nextSecondNs) / SECOND_NS);
      everySecond(nowNs);
    }
  }

  private void everySecond(long nowNs) {
    if (phase.compareTo(Phase.RUNNING) < 0) {
      // Asks for the clocks and round trips, and tells workers that wait that somebody is there.
      crew.ping();
    }
    RunView picture = picture();
    view.accept(picture);
    if (nowNs >= nextWaitingLogNs && !picture.waitingFor().isEmpty()) {
      nextWaitingLogNs = nowNs + WAITING_LOG_NS;
      LOG.info("{}", picture.waitingFor());
    }
  }

  private void judge() {
    FailurePolicy policy = startSent ? options.running() : options.preparation();
    if (!policy.holds(crew.size() - crew.failed(), crew.size()) && !crew.open().isEmpty()
        || !startSent && crew.failed() == crew.size()) {
      Verdict broken =
          Verdict.brokenPolicy(
              startSent ? "running" : "preparation", policy, crew.states(), crew.results());
      callOff(broken.exitCode(), broken.sentence(), broken.sentence());
    }
  }

  private void advance(long nowNs, CoordinatorPart coordinatorPart) {
    switch (phase) {
      case CONNECTING -> {
        if (!crew.any(WorkerState.Connecting.class::isInstance)) {
          phase = Phase.PREPARING;
        }
      }
      case PREPARING -> {
        if (crew.open().stream().allMatch(it -> it.state() instanceof WorkerState.Ready)) {
          phase = Phase.CLOCK_GATE;
          gateDeadlineNs = nowNs + options.clockGateDeadline().toNanos();
        }
      }
      case CLOCK_GATE -> passGate(nowNs, coordinatorPart);
      case STARTING -> {
        if (!startSent && partPrepared) {
          sendStart(nowNs);
        } else if (startSent && nowNs >= startNs) {
          phase = Phase.RUNNING;
        }
      }
      case RUNNING, FINISHING -> {
        if (crew.open().isEmpty()) {
          phase = Phase.ENDED;
        } else if (nowNs - startNs >= options.runDeadline().toNanos()) {
          String sentence =
              "the run was not over after " + DurationText.format(options.runDeadline());
          callOff(ExitCode.TIMEOUT, sentence, sentence);
        }
      }
      case ENDED -> {}
    }
  }

  private void passGate(long nowNs, CoordinatorPart coordinatorPart) {
    List<String> waiting = gate.complaints(nodeClock.report(), crew.open());
    if (!waiting.isEmpty() && nowNs >= gateDeadlineNs) {
      String sentence =
          "the clocks were not good enough for a start within "
              + DurationText.format(options.clockGateDeadline())
              + ": "
              + Verdict.names(waiting);
      gate.logEvidence(nodeClock.report(), crew.machines());
      boolean ownIsGood = gate.complaint(nodeClock.report()).isEmpty();
      if (ownIsGood) {
        gate.giveUp(crew.open());
      }
      if (!ownIsGood || !options.preparation().holds(crew.size() - crew.failed(), crew.size())) {
        callOff(ExitCode.CLOCKS, sentence, sentence);
      }
    } else if (waiting.isEmpty()) {
      phase = Phase.STARTING;
      nodeClock.sharpen();
      List<ReadyWorker> ready =
          crew.open().stream().map(machine -> machine.account().ready()).toList();
      part = Optional.of(new PartThread(coordinatorPart, ready, listener()));
    }
  }

  private void sendStart(long nowNs) {
    Optional<Reading> now = nodeClock.now();
    if (now.isEmpty()) {
      String sentence = "the coordinator's clock has become unsynchronized just before the start";
      callOff(ExitCode.CLOCKS, sentence, sentence);
      return;
    }
    long delayNs =
        StartDelay.ns(options, crew.open().stream().map(WorkerMachine::roundTripNs).toList());
    long startNsTrue = now.get().bestNs() + delayNs;
    startTrueTimeNs = OptionalLong.of(startNsTrue);
    startNs = nowNs + delayNs;
    startSent = true;
    crew.open().forEach(machine -> machine.start(startNsTrue));
    part.orElseThrow().start(startNsTrue);
    LOG.info("common start in {}", ShortTime.text(delayNs));
  }

  private PartThread.Listener listener() {
    return new PartThread.Listener() {
      @Override
      public void prepared() {
        tasks.add(() -> partPrepared = true);
      }

      @Override
      public void performed(OptionalLong last) {
        tasks.add(() -> lastEvent(last));
      }

      @Override
      public void failed(CarillonException fault) {
        tasks.add(() -> callOff(fault.exitCode(), fault.getMessage(), "the coordinator failed"));
      }
    };
  }

  private void lastEvent(OptionalLong last) {
    lastEventId = last;
    if (last.isPresent() && calledOff.isEmpty()) {
      phase = Phase.FINISHING;
      crew.open().forEach(machine -> machine.endOfStream(last.getAsLong()));
    }
  }

  private void callOff(ExitCode code, String sentence, String reason) {
    if (calledOff.isPresent() || phase == Phase.ENDED) {
      return;
    }
    LOG.warn("{}", sentence);
    calledOff =
        Optional.of(
            CallingOff.begin(
                new Verdict(code, sentence), reason, crew.open(), clock.monotonicNs()));
    part.ifPresent(PartThread::interrupt);
  }

  private WaitingFor waitingFor(long nowNs) {
    return new WaitingFor(
        phase,
        calledOff.isPresent(),
        crew.open(),
        gate.complaints(nodeClock.report(), crew.open()),
        gateDeadlineNs - nowNs,
        startSent ? OptionalLong.of(startNs - nowNs) : OptionalLong.empty());
  }

  private Optional<SenderClock> senderClock() {
    return nodeClock
        .report()
        .offset()
        .map(offset -> new SenderClock(offset.offsetNs(), Math.max(1, offset.uncertaintyNs())));
  }

  private RunView picture() {
    long nowNs = clock.monotonicNs();
    boolean begun = startSent && nowNs >= startNs;
    return new RunView(
        phase,
        waitingFor(nowNs).sentence(),
        begun ? Duration.ofNanos(nowNs - startNs) : Duration.ZERO,
        crew.views());
  }

  private RunOutcome outcome() {
    List<WorkerResult> results = crew.results();
    Verdict verdict = calledOff.map(CallingOff::verdict).orElseGet(() -> Verdict.of(results));
    return RunOutcome.of(verdict, startTrueTimeNs, lastEventId, results);
  }
}
