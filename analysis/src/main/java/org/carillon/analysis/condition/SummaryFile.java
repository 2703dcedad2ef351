package org.carillon.analysis.condition;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.carillon.analysis.statistics.SummaryJson;
import org.carillon.core.CarillonException;
import org.carillon.core.ExitCode;

/** Reads {@code summary.json}. */
public final class SummaryFile {

  /** Where it is in the folder of a run, or of an analysis. */
  public static final String NAME = "statistics/summary.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** No summary is larger. */
  private static final long LARGEST_BYTES = 512L << 20;

  private SummaryFile() {}

  /**
   * Reads the summary of a run.
   *
   * @param run the folder of the run or of its analysis, or the file itself
   * @throws CarillonException USAGE if there is none that this version can read
   */
  public static JsonNode read(Path run) {
    Path file = Files.isDirectory(run) ? run.resolve(NAME) : run;
    if (!Files.exists(file)) {
      throw new CarillonException(
          ExitCode.USAGE, file + " does not exist; name a run that analyze has been given.");
    }
    JsonNode tree =
        json(file)
            .orElseThrow(
                () -> new CarillonException(ExitCode.USAGE, file + " cannot be read as JSON."));
    whyUnusable(tree)
        .ifPresent(
            why -> {
              throw new CarillonException(ExitCode.USAGE, file + " cannot be used: " + why + ".");
            });
    return tree;
  }

  /** The content of a file; none if it is not there or no JSON. */
  public static Optional<JsonNode> json(Path file) {
    try {
      return Files.size(file) > LARGEST_BYTES
          ? Optional.empty()
          : Optional.ofNullable(JSON.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Why a document is no summary that this version can read, if so. */
  public static Optional<String> whyUnusable(JsonNode document) {
    JsonNode schema = document.path("schema");
    if (!document.isObject() || !schema.isIntegralNumber()) {
      return Optional.of("it is no summary of a run");
    }
    return schema.asInt() == SummaryJson.SCHEMA
        ? Optional.empty()
        : Optional.of(
            "it has schema " + schema.asText() + ", and this version reads " + SummaryJson.SCHEMA);
  }
}
