package org.carillon.deploy.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;
import org.carillon.core.run.RunFiles;

/**
 * What validations of one subject remember from one to the next: the last report, and the samples
 * of which trends are told. Kept in one file, which docs/formats.md describes.
 */
public final class Memory {

  static final String FORMAT = "carillon-validate-state";
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Samples samples;
  private final Optional<ValidationReport> last;

  private Memory(Samples samples, Optional<ValidationReport> last) {
    this.samples = samples;
    this.last = last;
  }

  /** Nothing yet. */
  public static Memory empty() {
    return new Memory(new Samples(), Optional.empty());
  }

  /**
   * Reads a file; one that is not there yet is an empty memory.
   *
   * @throws CarillonException USAGE if it is something else
   */
  public static Memory read(Path file) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (!root.path("format").asText().equals(FORMAT) || root.path("version").asInt() != VERSION) {
        throw new IllegalArgumentException("it has another format, or another version");
      }
      Samples samples = new Samples();
      for (JsonNode series : root.path("samples")) {
        List<Trend.Sample> points = new ArrayList<>();
        for (JsonNode point : series.path("points")) {
          points.add(new Trend.Sample(point.path(0).asDouble(), point.path(1).asDouble()));
        }
        samples.put(
            series.path("host").asText(),
            series.path("name").asText(),
            new Samples.Series(series.path("epoch").asText(), points));
      }
      JsonNode report = root.path("report");
      return new Memory(
          samples, report.isObject() ? Optional.of(ReportJson.parse(report)) : Optional.empty());
    } catch (NoSuchFileException e) {
      return empty();
    } catch (AccessDeniedException e) {
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read "
              + file
              + " (permission denied): another account has validated; ask with that one.",
          e);
    } catch (IOException | IllegalArgumentException e) {
      String why =
          e instanceof com.fasterxml.jackson.core.JacksonException
              ? "it is no JSON"
              : e instanceof IOException fault ? RunFiles.reason(fault) : e.getMessage();
      throw new CarillonException(
          ExitCode.USAGE,
          "cannot read the state of earlier validations from "
              + file
              + " ("
              + why
              + "); remove it to begin anew.",
          e);
    }
  }

  /**
   * Whether this account may go on with it: one that may not can still look, but remembers nothing.
   */
  public static boolean isOurs(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean isNew = Files.notExists(folder);
    return isNew
        || Files.isWritable(folder)
            && Files.isExecutable(folder)
            && (Files.notExists(file) || Files.isReadable(file));
  }

  /** The report of the last validation, if there was one. */
  public Optional<ValidationReport> last() {
    return last;
  }

  Samples samples() {
    return samples;
  }

  /** Writes the file anew, whole or not at all; its folder is made if need be. */
  public void write(Path file, ValidationReport report) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    root.set("report", ReportJson.tree(report));
    ArrayNode all = root.putArray("samples");
    samples
        .all()
        .forEach(
            (host, byName) ->
                byName.forEach(
                    (name, series) -> {
                      ObjectNode one =
                          all.addObject()
                              .put("host", host)
                              .put("name", name)
                              .put("epoch", series.epoch());
                      ArrayNode points = one.putArray("points");
                      series
                          .samples()
                          .forEach(
                              sample ->
                                  points.addArray().add(sample.timeSeconds()).add(sample.value()));
                    }));
    RunFiles.makeFolder(file.toAbsolutePath().getParent());
    RunFiles.publish(file, root + "\n");
  }
}
