package org.carillon.ntp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.carillon.clock.ReadingBuffer;
import org.carillon.core.net.HostPort;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.record.SampleRow;
import org.carillon.core.record.TimestampSource;
import org.carillon.core.time.ClockStatus;
import org.carillon.core.time.Moment;
import org.carillon.core.time.Reading;
import org.carillon.core.time.SimulatedClock;
import org.carillon.core.time.SystemClock;
import org.carillon.ntp.wire.NtpPacket;
import org.carillon.ntp.wire.ReferenceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client against servers on the loopback. */
class TimeKeeperTest {

  private static final TimeKeeper.Settings QUICK =
      new TimeKeeper.Settings(Duration.ofMillis(20), Duration.ofMillis(300), 50);
  private static final SystemClock CLOCK = new SystemClock();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<SampleRow> samples = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private ScriptedServer server(Function<NtpPacket, List<byte[]>> script) {
    ScriptedServer server = new ScriptedServer(script);
    open.add(server);
    return server;
  }

  private ScriptedServer goodServer() {
    return server(request -> List.of(ScriptedServer.good(request, 0).bytes()));
  }

  private TimeKeeper keeper(HostPort... servers) {
    TimeKeeper keeper = TimeKeeper.start(CLOCK, List.of(servers), QUICK, samples::add);
    open.add(keeper);
    return keeper;
  }

  private static ClockStatus status(TimeKeeper keeper) {
    return keeper.at(Moment.now(CLOCK)).status();
  }

  private long accepted() {
    return samples.stream().filter(SampleRow::accepted).count();
  }

  private void awaitVerdict(String verdict) {
    Await.until(
        verdict, () -> samples.stream().anyMatch(sample -> sample.verdict().equals(verdict)));
  }

  @Test
  void sharpeningAsksAtOnceAndAgain() {
    TimeKeeper.Settings seldom =
        new TimeKeeper.Settings(Duration.ofHours(1), Duration.ofMillis(300), 50);
    TimeKeeper keeper =
        TimeKeeper.start(CLOCK, List.of(goodServer().address()), seldom, samples::add);
    open.add(keeper);
    Await.until("the first burst is over", () -> accepted() == 4);
    keeper.sharpen();
    Await.until("a second one", () -> accepted() >= 8);
  }

  @Test
  void readsThisMomentIntoABuffer() {
    TimeKeeper keeper = keeper(goodServer().address());
    ReadingBuffer now = new ReadingBuffer();
    keeper.read(now);
    assertThat(now.status()).isEqualTo(ClockStatus.UNSYNCHRONIZED);
    Await.until("a reading", () -> keeper.at(Moment.now(CLOCK)).reading().isPresent());
    long beforeNs = CLOCK.realtimeNs();
    keeper.read(now);
    long afterNs = CLOCK.realtimeNs();
    assertThat(now.earliestNs()).isLessThanOrEqualTo(afterNs);
    assertThat(now.latestNs()).isGreaterThanOrEqualTo(beforeNs);
  }

  @Test
  void measuresTheErrorOfASimulatedClock() {
    SimulatedClock wrong =
        new SimulatedClock(
            CLOCK, new SimulatedClock.Errors(-40_000_000, 30, 0, 1), CLOCK.realtimeNs());
    TimeKeeper keeper =
        TimeKeeper.start(wrong, List.of(goodServer().address()), QUICK, samples::add);
    open.add(keeper);
    Await.until("five samples", () -> samples.size() >= 5);
    Moment now = Moment.now(wrong);
    long truthNs = now.realtimeNs();
    Reading reading = keeper.at(now).reading().orElseThrow();
    assertThat(truthNs).isBetween(reading.earliestNs(), reading.latestNs());
    MeasuredOffset offset = Await.value("an offset", () -> keeper.at(Moment.now(wrong)).ntp());
    assertThat(Math.abs(offset.offsetNs() - 40_000_000)).isLessThan(offset.uncertaintyNs());
    assertThat(samples).allMatch(SampleRow::accepted);
    assertThat(samples.getFirst().t2Ns().orElseThrow() - samples.getFirst().t1Ns().orElseThrow())
        .as("T1 is on the wrong clock, T2 on the right one")
        .isGreaterThan(39_000_000);
  }

  @Test
  void theKernelTellsWhenARequestLeft() {
    keeper(goodServer().address());
    Await.until("some samples", () -> accepted() >= 5);
    // The first ones may come before the kernel has begun to stamp arrivals.
    SampleRow last = samples.getLast();
    assertThat(last.raw().t1Source()).contains(TimestampSource.KERNEL);
    assertThat(last.t1Ns().orElseThrow()).isLessThanOrEqualTo(last.t2Ns().orElseThrow());
    assertThat(last.raw().t1RawNs().orElseThrow()).isLessThan(last.raw().t4RawNs().orElseThrow());
  }

  @Test
  void aSecondAnswerToTheSameRequestIsCountedAndIgnored() {
    ScriptedServer stutterer =
        server(
            request -> {
              byte[] answer = ScriptedServer.good(request, 0).bytes();
              byte[] foreign = ScriptedServer.good(NtpPacket.request(1), 0).bytes();
              return List.of(answer, answer, foreign, answer);
            });
    TimeKeeper keeper = keeper(stutterer.address());
    Await.until("three requests with duplicates", () -> keeper.duplicateAnswers() >= 6);

    assertThat(samples).allMatch(SampleRow::accepted);
    assertThat(keeper.duplicateAnswers()).isLessThanOrEqualTo(2L * stutterer.requests());
    assertThat(samples).hasSizeLessThanOrEqualTo(stutterer.requests());
  }

  @Test
  void anUnresolvableAndADeadServerDoNotDisturbTheOthers() {
    ScriptedServer silent = server(request -> List.of());
    TimeKeeper keeper =
        keeper(new HostPort("no-such-host.invalid", 123), silent.address(), goodServer().address());
    awaitVerdict(SampleRow.ACCEPTED);
    awaitVerdict("timeout");
    awaitVerdict("unresolvable name");
    long before = accepted();
    Await.until("the good server is still asked", () -> accepted() > before);
    assertThat(keeper.at(Moment.now(CLOCK)).reading()).isPresent();
  }

  @Test
  void aClosedPortIsReported() {
    ScriptedServer gone = server(request -> List.of());
    HostPort address = gone.address();
    gone.close();
    keeper(address);
    awaitVerdict("connection refused");
    assertThat(samples.getFirst().t1Ns()).isPresent();
    assertThat(samples.getFirst().t4Ns()).isEmpty();
  }

  @Test
  void anAnswerWithTheWrongCookieIsIgnoredAndTheRightOneStillTaken() {
    ScriptedServer server =
        server(
            request -> {
              NtpPacket forged = ScriptedServer.good(NtpPacket.request(42), 80_000_000);
              return List.of(forged.bytes(), new byte[7], ScriptedServer.good(request, 0).bytes());
            });
    keeper(server.address());
    awaitVerdict(SampleRow.ACCEPTED);
    assertThat(samples).allMatch(SampleRow::accepted);
  }

  @Test
  void anAnswerWithTheWrongCookieAloneIsAFailure() {
    ScriptedServer server =
        server(request -> List.of(ScriptedServer.good(NtpPacket.request(42), 0).bytes()));
    TimeKeeper keeper = keeper(server.address());
    awaitVerdict("bogus origin");
    assertThat(status(keeper)).isEqualTo(ClockStatus.UNSYNCHRONIZED);
  }

  @Test
  void theCookieIsNeverTheSameTwice() {
    List<Long> cookies = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        server(
            request -> {
              cookies.add(request.transmit());
              return List.of(ScriptedServer.good(request, 0).bytes());
            });
    keeper(server.address());
    Await.until("twenty requests", () -> cookies.size() >= 20);
    assertThat(cookies).doesNotHaveDuplicates();
  }

  @Test
  void aServerThatDeniesServiceIsLeftAlone() {
    ScriptedServer denying =
        server(request -> List.of(ScriptedServer.kiss(request, ReferenceId.of("DENY")).bytes()));
    keeper(denying.address(), goodServer().address());
    awaitVerdict("kiss of death DENY");
    Await.until("many polls of the other server", () -> accepted() > 20);
    assertThat(denying.requests()).isEqualTo(1);
  }

  @Test
  void aServerThatAsksForSlownessIsAskedLessOften() {
    ScriptedServer busy =
        server(request -> List.of(ScriptedServer.kiss(request, ReferenceId.of("RATE")).bytes()));
    keeper(busy.address(), goodServer().address());
    Await.until("fifty polls of the other server", () -> accepted() > 50);
    // While the other server was asked 50 times at 20 ms, 40, 80, … ms make 6 requests.
    assertThat(busy.requests()).isBetween(2, 12);
  }

  @Test
  void aFalsetickerIsNamed() {
    ScriptedServer liar =
        server(request -> List.of(ScriptedServer.good(request, 500_000_000).bytes()));
    TimeKeeper keeper = keeper(liar.address(), goodServer().address(), goodServer().address());
    Await.until(
        "the liar is refused",
        () -> keeper.falsetickers().equals(List.of(liar.address().toString())));
    Reading reading = keeper.at(Moment.now(CLOCK)).reading().orElseThrow();
    assertThat(CLOCK.nowNs() - reading.bestNs())
        .as("the liar is 500 ms ahead")
        .isGreaterThan(-250_000_000);
  }

  @Test
  void aServerThatFallsSilentLeavesTheClockInHoldover() {
    AtomicBoolean silent = new AtomicBoolean();
    ScriptedServer server =
        server(
            request -> silent.get() ? List.of() : List.of(ScriptedServer.good(request, 0).bytes()));
    TimeKeeper keeper = keeper(server.address());
    awaitVerdict(SampleRow.ACCEPTED);
    silent.set(true);
    Await.until("holdover", () -> status(keeper) == ClockStatus.HOLDOVER);
    assertThat(keeper.at(Moment.now(CLOCK)).ntp()).isEmpty();
    silent.set(false);
    Await.until("recovery", () -> status(keeper) == ClockStatus.SYNCHRONIZED);
  }

  @Test
  void aListenerThatFailsDoesNotEndThePolls() {
    ScriptedServer server = goodServer();
    TimeKeeper keeper =
        TimeKeeper.start(
            CLOCK,
            List.of(server.address()),
            QUICK,
            sample -> {
              throw new IllegalStateException("a full disk");
            });
    open.add(keeper);
    Await.until("polls go on", () -> server.requests() > 3);
    assertThat(keeper.selected()).isPresent();
  }

  @Test
  void afterTheCloseNothingIsAsked() {
    ScriptedServer server = server(request -> List.of());
    TimeKeeper keeper = keeper(server.address());
    Await.until("a request", () -> server.requests() > 0);
    keeper.close();
    Await.until(
        "no thread is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("ntp " + server.address())));
    assertThat(samples).noneMatch(SampleRow::accepted);
  }

  @Test
  void withoutServersThereIsNothingToKeep() {
    assertThatThrownBy(() -> TimeKeeper.start(CLOCK, List.of(), QUICK, samples::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
