package org.carillon.ntp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.carillon.core.record.ClockBuffer;
import org.carillon.core.record.MeasuredOffset;
import org.carillon.core.time.ClockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a ChronoTick service for the offset of the clock, in the background: {@code POST
 * {server}/get_time}. What failed or is older than three polls is empty; there is no fallback
 * value.
 */
public final class ChronoTickPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChronoTickPoller.class);
  private static final Duration TIMEOUT_MAX = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES_MAX = 65_536;
  private static final byte[] REQUEST = "{}".getBytes(StandardCharsets.UTF_8);

  private final URL url;
  private final ClockSource clock;
  private final Duration interval;
  private final Duration timeout;
  private final long ageMaxNs;
  private final Thread thread;
  private String lastFault = "";
  private boolean answered;
  private volatile Optional<Answer> answer = Optional.empty();

  private record Answer(MeasuredOffset offset, long localNs) {}

  private ChronoTickPoller(URL url, ClockSource clock, Duration interval) {
    this.url = url;
    this.clock = clock;
    this.interval = interval;
    this.timeout = interval.compareTo(TIMEOUT_MAX) < 0 ? interval : TIMEOUT_MAX;
    this.ageMaxNs = interval.toNanos() * 3 + timeout.toNanos();
    this.thread = Thread.ofVirtual().name("chronotick " + url).unstarted(this::pollOnAndOn);
  }

  /**
   * Starts polling and returns at once.
   *
   * @param server base address, such as {@code http://node7:8124}; a path is kept
   * @param interval time between two polls, at least 1 ms
   * @throws IllegalArgumentException with a sentence if the address is not HTTP
   */
  public static ChronoTickPoller start(URI server, ClockSource clock, Duration interval) {
    if (interval.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("a ChronoTick poll interval is at least 1 ms");
    }
    ChronoTickPoller poller = new ChronoTickPoller(endpoint(server), clock, interval);
    poller.thread.start();
    return poller;
  }

  private static URL endpoint(URI server) {
    boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!http || server.getHost() == null) {
      throw new IllegalArgumentException(
          "'" + server + "' is not a ChronoTick server: write http://HOST:PORT");
    }
    try {
      return URI.create(server.toString().replaceFirst("/+$", "") + "/get_time").toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("'" + server + "' is not a ChronoTick server", e);
    }
  }

  /**
   * The offset to apply to a local time; empty if the last poll failed or the value is past its
   * age.
   *
   * @param localNs local time, from {@link ClockSource#localNs}
   */
  public Optional<MeasuredOffset> at(long localNs) {
    return answer.filter(known -> isFresh(known, localNs)).map(Answer::offset);
  }

  /** The same without an object; leaves the cells of ChronoTick as they are if there is none. */
  public void read(long localNs, ClockBuffer into) {
    Optional<Answer> last = answer;
    if (last.isPresent() && isFresh(last.get(), localNs)) {
      MeasuredOffset offset = last.get().offset();
      into.setChronoTick(offset.offsetNs(), offset.uncertaintyNs());
    }
  }

  private boolean isFresh(Answer known, long localNs) {
    return Math.abs(localNs - known.localNs()) <= ageMaxNs;
  }

  private void pollOnAndOn() {
    try {
      long dueNs = clock.monotonicNs();
      while (!Thread.interrupted()) {
        poll();
        dueNs = Math.max(clock.monotonicNs(), dueNs + interval.toNanos());
        clock.sleepUntil(dueNs);
      }
    } catch (InterruptedException e) {
      // Closed while it waited: the end.
    }
  }

  private void poll() {
    try {
      MeasuredOffset offset = ask();
      answer = Optional.of(new Answer(offset, clock.nowNs()));
      if (!answered || !lastFault.isEmpty()) {
        LOG.info("ChronoTick {} answers: offset {} ms", url, Milliseconds.text(offset.offsetNs()));
      }
      answered = true;
      lastFault = "";
    } catch (IOException e) {
      answer = Optional.empty();
      String fault = e.getClass().getSimpleName();
      if (!fault.equals(lastFault)) {
        LOG.warn("ChronoTick {}: {}; its cells stay empty", url, e.toString());
      }
      lastFault = fault;
    }
  }

  private MeasuredOffset ask() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    try {
      connection.setConnectTimeout((int) timeout.toMillis());
      connection.setReadTimeout((int) timeout.toMillis());
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(REQUEST.length);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(REQUEST);
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("HTTP status " + connection.getResponseCode());
      }
      try (InputStream in = connection.getInputStream()) {
        byte[] body = in.readNBytes(ANSWER_BYTES_MAX + 1);
        if (body.length > ANSWER_BYTES_MAX) {
          throw new IOException("an answer of more than " + ANSWER_BYTES_MAX + " bytes");
        }
        return ChronoTickAnswer.parse(body);
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Ends the polls. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
