package org.carillon.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a run began, in ns since the Unix epoch: as its manifest says, else when its first event was
 * sent, else by the name of its folder.
 */
final class RunStart {

  private static final Pattern NAME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{2})-(\\d{2}Z)(?:-\\d+)?");

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private RunStart() {}

  /**
   * Of a run.
   *
   * @param manifest missing node if there is none
   */
  static OptionalLong of(Path folder, JsonNode manifest) {
    JsonNode told = manifest.path("start_time_ns");
    if (told.isIntegralNumber() && told.canConvertToLong()) {
      return OptionalLong.of(told.asLong());
    }
    OptionalLong sent = firstSend(folder.resolve("coordinator.csv"));
    return sent.isPresent() ? sent : named(folder);
  }

  private static OptionalLong firstSend(Path coordinator) {
    try (BufferedReader lines = Files.newBufferedReader(coordinator)) {
      String header = lines.readLine();
      String first = lines.readLine();
      if (header == null || first == null) {
        return OptionalLong.empty();
      }
      int column = cells(header).indexOf("send_time_ns");
      List<String> cells = cells(first);
      return column < 0 || column >= cells.size()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(cells.get(column)));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static List<String> cells(String line) {
    return List.of(line.replaceAll("[\"\\uFEFF]", "").strip().split(" *, *", -1));
  }

  private static OptionalLong named(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    Matcher matcher = NAME.matcher(name == null ? "" : name.toString());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    try {
      Instant start =
          Instant.parse(matcher.group(1) + ":" + matcher.group(2) + ":" + matcher.group(3));
      return OptionalLong.of(Math.multiplyExact(start.getEpochSecond(), NS_PER_SECOND));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
