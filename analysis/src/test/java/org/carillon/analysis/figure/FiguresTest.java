package org.carillon.analysis.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.carillon.analysis.RecordedRun;
import org.carillon.analysis.control.ControlRecord;
import org.carillon.analysis.hindsight.HindsightStage;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.RunFolder;
import org.carillon.analysis.statistics.Clock;
import org.carillon.analysis.statistics.Statistics;
import org.carillon.analysis.store.Database;
import org.carillon.core.run.WorkerEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {

  private static final long T = 1_795_000_000_000_000_003L;

  @TempDir Path folder;

  private static String rows(int events, long offsetNs, String header) {
    return header
        + IntStream.rangeClosed(1, events)
            .mapToObj(
                i -> {
                  long ns = T + i * 1_000_000L + offsetNs;
                  return "%d,%d,%d,%d,%d,%d,%d,%d\n"
                      .formatted(
                          i,
                          ns,
                          T + i * 1_000_000L,
                          ns - 5,
                          ns - offsetNs,
                          ns - offsetNs - 9,
                          ns - offsetNs + 9,
                          ns - offsetNs);
                })
            .collect(Collectors.joining());
  }

  private List<Figure> figures(int workers, int events) {
    String clocks =
        ",coordinator_send_time_ns,ntp_timestamp_ns,bc_timestamp_ns,bc_earliest_ns,bc_latest_ns,"
            + "true_time_ns\n";
    RecordedRun run =
        new RecordedRun(folder)
            .with(
                "coordinator.csv",
                rows(events, 0, "event_id,send_time_ns" + clocks)
                    .replace("coordinator_send_time_ns", "sequence_number"));
    for (int i = 0; i < workers; i++) {
      run.with(
          "worker_a-node-with-a-rather-long-name-" + i + ".csv",
          rows(events, 3_000 * (i - 1), "event_id,receive_time_ns" + clocks));
    }
    try (Database database = Database.open(folder.resolve("spill"))) {
      List<InputFile> files =
          RunFolder.open(folder).read(List.of(), database.parquet(), database::sink);
      database.judge(files);
      return Figures.of(
          Statistics.of(
              database, files, List.of(50_000_000L, 1_000L), true, HindsightStage.of(database)),
          Traces.of(database),
          "a run <&>");
    }
  }

  @ParameterizedTest(name = "{0} workers, {1} events")
  @CsvSource({"1, 1", "2, 3", "3, 400", "9, 20"})
  void everyFigureOfAnySizeIsDrawnInEveryFormat(int workers, int events) throws IOException {
    for (Figure figure : figures(workers, events)) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureWriter.png(figure)));
      Set<Integer> colours = new HashSet<>();
      for (int x = 0; x < image.getWidth(); x += 3) {
        for (int y = 0; y < image.getHeight(); y += 3) {
          colours.add(image.getRGB(x, y));
        }
      }
      assertThat(colours).as(figure.name()).hasSizeGreaterThan(5);
      boolean page = figure.name().equals("summary_dashboard");
      assertThat(image.getWidth()).as("pixels of 1/300 inch").isEqualTo(page ? 2008 : 1004);
      try (PDDocument document = Loader.loadPDF(FigureWriter.pdf(figure))) {
        assertThat(document.getNumberOfPages()).isEqualTo(1);
        assertThat((double) document.getPage(0).getMediaBox().getWidth())
            .as("points")
            .isCloseTo((page ? 170 : 85) / 25.4 * 72, within(0.1));
      }
      boolean ofPairs = Set.of("ordering_consensus", "window_assignment").contains(figure.name());
      assertThat(figure.points().rows().isEmpty())
          .as(figure.name())
          .isEqualTo(ofPairs && workers == 1);
      assertThat(figure.points().csv()).doesNotContain("NaN", "Infinity");
      assertThat(Figures.NAMES).contains(figure.name());
      assertThat(FigureWriter.svg(figure)).startsWith("<svg").contains("viewBox");
    }
  }

  @ParameterizedTest(name = "{0} workers")
  @ValueSource(ints = {1, 3, 60})
  void theStartIsDrawnForAnyNumberOfWorkersAndOnlyIfOneBegan(int workers) throws IOException {
    Figure figure = Figures.start(started(workers, 40_000)).orElseThrow();
    assertThat(figure.name()).isEqualTo("start");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(FigureWriter.png(figure)));
    assertThat(image.getHeight()).isBetween(200, 1_800);
    assertThat(FigureWriter.svg(figure)).startsWith("<svg").doesNotContain("<text", "NaN");
    assertThat(FigureWriter.svg(Figures.start(started(workers, 0)).orElseThrow()))
        .as("readings without width, at the instant itself")
        .doesNotContain("NaN");
    assertThat(Figures.start(started(0, 1))).isEmpty();
  }

  private static ControlRecord started(int workers, long halfWidthNs) {
    return new ControlRecord(
        "events",
        Optional.empty(),
        0,
        "",
        "",
        Optional.of(new ControlRecord.CommonStart(T, Optional.empty(), "", OptionalLong.empty())),
        OptionalLong.empty(),
        IntStream.range(0, workers)
            .mapToObj(
                i ->
                    new ControlRecord.ControlledWorker(
                        "n" + i,
                        WorkerEnd.COMPLETED,
                        "",
                        0,
                        "",
                        "",
                        Optional.of(
                            new ControlRecord.StartReading(
                                T - halfWidthNs, T, T + halfWidthNs, OptionalLong.of(T))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList(),
        Optional.empty());
  }

  @Test
  void vectorFiguresFetchNothingAndShareNoIds() {
    Set<String> ids = new HashSet<>();
    for (Figure figure : figures(2, 50)) {
      String svg = FigureWriter.svg(figure);
      assertThat(svg.replace("http://www.w3.org/", "")).doesNotContain("http", "<script", "<text");
      assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
      Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(svg);
      while (id.find()) {
        if (!id.group(1).equals("genericDefs")) {
          assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
        }
      }
    }
  }

  @Test
  void pngFilesSayThatTheyHave300DotsPerInch() throws IOException {
    byte[] png = FigureWriter.png(figures(1, 3).getFirst());
    String latin = new String(png, StandardCharsets.ISO_8859_1);
    ByteBuffer chunk = ByteBuffer.wrap(png, latin.indexOf("pHYs") + 4, 9);
    assertThat(chunk.getInt()).as("pixels per metre across").isEqualTo(11_811);
    assertThat(chunk.getInt()).as("and down").isEqualTo(11_811);
    assertThat(chunk.get()).as("the unit is the metre").isEqualTo((byte) 1);
  }

  @Test
  void theFourFiguresOfTheInterfaceAreThere() {
    assertThat(figures(2, 5))
        .extracting(Figure::name)
        .contains(
            "causality_violations", "ordering_consensus", "window_assignment", "summary_dashboard");
  }

  @ParameterizedTest(name = "from {0} to {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 100; 0 20 40 60 80 100",
        "-21.3; 21.5; -20 -10 0 10 20",
        "0; 0.37; 0 0.1 0.2 0.3",
        "-4.1; 0.1; -4 -3 -2 -1 0"
      })
  void ticksAreRoundNumbersWithinTheLimits(double low, double high, String expected) {
    assertThat(
            Axis.round(low, high, 5).stream()
                .map(BigDecimal::stripTrailingZeros)
                .map(BigDecimal::toPlainString)
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} labels")
  @ValueSource(doubles = {0.1, 1, 3, 12})
  void thereAreNeverManyMoreTicksThanThereIsRoomFor(double most) {
    for (double span = 1e-3; span < 1e9; span *= 1.37) {
      assertThat(Axis.round(-span / 3, span, most).size())
          .isLessThanOrEqualTo((int) (most * 1.5) + 2);
    }
  }

  @Test
  void curvesThatWouldHideOneAnotherAreDrawnOnceAndNamedForBothClocks() {
    assertThat(latencyLegend(histogram(1, 2, 3)))
        .containsExactly("NTP and bounded clock (same estimate)", "a");
    assertThat(latencyLegend(histogram(1, 2, 4))).containsExactly("NTP", "bounded clock", "a");
  }

  private static LogHistogram histogram(long... ns) {
    LogHistogram.Builder histogram = new LogHistogram.Builder();
    for (int i = 0; i < ns.length; i++) {
      histogram.add(new LogHistogram.Bin(i + 1, 1, ns[i], ns[i]));
    }
    return histogram.build();
  }

  private static List<String> latencyLegend(LogHistogram bounded) {
    Map<Clock, Map<String, LogHistogram>> latency = new EnumMap<>(Clock.class);
    latency.put(Clock.NTP, Map.of("a", histogram(1, 2, 3)));
    latency.put(Clock.BOUNDED, Map.of("a", bounded));
    return new ShareCurves(
            "Latency", ShareCurves.Question.LATENCY, latency, 1, new WorkerNames(0, ""), 460, 150)
        .legend().entries().stream().map(Legend.Entry::meaning).toList();
  }

  @Test
  void lettersAreThere() {
    assertThat(Typeface.problem()).isEmpty();
  }
}
