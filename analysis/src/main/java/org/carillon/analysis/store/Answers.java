package org.carillon.analysis.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.carillon.analysis.input.InputFile;
import org.carillon.core.run.Sha256;

/**
 * Answers that were given before: to the very same statement, with the same parameters, about files
 * with the same SHA-256. They stand in answers.json beside merged.parquet; those that no one asks
 * for any more go when the file is written again.
 */
final class Answers {

  /** Longer answers are asked for again. */
  static final int MOST_ROWS = 100_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String about;
  private final Map<String, JsonNode> known = new HashMap<>();
  private final Map<String, JsonNode> used = new TreeMap<>();
  private boolean changed;

  private Answers(Path file, String about) {
    this.file = file;
    this.about = about;
  }

  /**
   * Of these files.
   *
   * @param reuse whether what is there may be used
   * @param version of this program, which also makes rows and intervals outside the statements
   */
  static Answers of(Path file, List<InputFile> files, boolean reuse, String version) {
    StringBuilder about = new StringBuilder(version).append('\n');
    files.forEach(one -> about.append(one.name()).append('\n').append(one.sha256()).append('\n'));
    Answers answers = new Answers(file, about.toString());
    if (reuse && Files.isRegularFile(file)) {
      try {
        JSON.readTree(file.toFile())
            .properties()
            .forEach(entry -> answers.known.put(entry.getKey(), entry.getValue()));
      } catch (IOException e) {
        // Damaged: everything is asked again.
        answers.known.clear();
      }
    }
    return answers;
  }

  /**
   * What a question is known by.
   *
   * @param restsOn the statements and rows that made what it asks
   */
  String key(String sql, List<String> restsOn, Object... parameters) {
    MessageDigest digest = Sha256.digest();
    List<String> parts = new ArrayList<>(List.of(about, sql, Arrays.toString(parameters)));
    parts.addAll(restsOn);
    for (String part : parts) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The answer, if it was given before. */
  Optional<List<Row>> find(String key) {
    JsonNode answer = known.get(key);
    if (answer == null || !answer.path("columns").isArray() || !answer.path("rows").isArray()) {
      return Optional.empty();
    }
    used.put(key, answer);
    List<String> columns = new ArrayList<>();
    answer.path("columns").forEach(name -> columns.add(name.asText()));
    List<Row> rows = new ArrayList<>();
    for (JsonNode cells : answer.path("rows")) {
      Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(cells.path(i));
      }
      rows.add(new Row(columns, values));
    }
    return Optional.of(rows);
  }

  private static Object value(JsonNode cell) {
    return switch (cell.getNodeType()) {
      case NUMBER -> cell.numberValue();
      case STRING -> cell.textValue();
      case BOOLEAN -> cell.booleanValue();
      case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO -> null;
    };
  }

  /** Keeps an answer, unless it is long or holds something that is neither number nor text. */
  void keep(String key, List<Row> rows) {
    if (rows.size() > MOST_ROWS) {
      return;
    }
    List<String> columns = rows.isEmpty() ? List.of() : rows.getFirst().columns();
    ObjectNode answer = JSON.createObjectNode();
    columns.forEach(answer.putArray("columns")::add);
    ArrayNode all = answer.putArray("rows");
    for (Row row : rows) {
      ArrayNode cells = all.addArray();
      for (int i = 0; i < columns.size(); i++) {
        switch (row.value(i)) {
          case null -> cells.addNull();
          case Integer number -> cells.add(number);
          case Long number -> cells.add(number);
          case BigInteger number -> cells.add(number);
          case Double number when Double.isFinite(number) -> cells.add(number);
          case Boolean truth -> cells.add(truth);
          case String text -> cells.add(text);
          case Object other -> {
            return;
          }
        }
      }
    }
    used.put(key, answer);
    changed = true;
  }

  /** Writes what was used, for the next analysis. */
  void write() {
    if (!changed) {
      return;
    }
    ObjectNode root = JSON.createObjectNode();
    used.forEach(root::set);
    try {
      CacheFile.write(file, JSON.writeValueAsBytes(root));
    } catch (IOException e) {
      throw Database.cannotWrite(file, e);
    }
  }
}
