package org.carillon.analysis.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.carillon.analysis.input.InputFile;
import org.carillon.analysis.input.InputProblem;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.merge.SetAside;
import org.carillon.analysis.merge.Span;

/** What is known of a merged run, as the JSON beside its merged.parquet. */
final class ManifestJson {

  private ManifestJson() {}

  static void write(ObjectNode root, MergedRun run) {
    ArrayNode files = root.putArray("files");
    run.files().forEach(file -> write(files.addObject(), file));
    ArrayNode columns = root.putArray("columns");
    run.columns()
        .forEach(
            column ->
                columns
                    .addObject()
                    .put("name", column.name())
                    .put("worker", column.worker())
                    .put("column", column.column())
                    .put("text", column.isText()));
    ArrayNode setAside = root.putArray("set_aside");
    run.setAside().forEach(row -> write(setAside.addObject(), row));
    ArrayNode outOfOrder = root.putArray("out_of_order");
    run.outOfOrder().forEach(outOfOrder::add);
    root.put("earliest_send_ns", run.sending().earliestNs());
    root.put("latest_send_ns", run.sending().latestNs());
  }

  private static void write(ObjectNode to, InputFile file) {
    to.put("index", file.index()).put("name", file.name());
    to.put("table", file.table().name()).put("node", file.node());
    to.put("sha256", file.sha256()).put("size_bytes", file.sizeBytes());
    to.put("lines", file.lines()).put("rows", file.rows());
    to.put("torn", file.torn()).put("refused", file.refused());
    to.put("blank", file.blank()).put("cells_refused", file.cellsRefused()).put("cut", file.cut());
    file.unusedColumns().forEach(to.putArray("unused_columns")::add);
    file.missingColumns().forEach(to.putArray("missing_columns")::add);
    ArrayNode problems = to.putArray("problems");
    for (InputProblem problem : file.problems()) {
      ObjectNode one = problems.addObject();
      one.put("line", problem.line()).put("what", problem.what());
      problem.column().ifPresent(column -> one.put("column", column));
    }
  }

  private static void write(ObjectNode to, SetAside row) {
    to.put("file", row.file()).put("node", row.node());
    to.put("line", row.line()).put("event_id", row.eventId());
    row.sequenceNumber().ifPresent(number -> to.put("sequence_number", number));
    to.put("receive_time_ns", row.receiveTimeNs());
    to.put("coordinator_send_time_ns", row.coordinatorSendTimeNs()).put("fate", row.fate());
    row.named().ifPresent(node -> to.put("named", node));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  static MergedRun read(JsonNode root) {
    List<InputFile> files = new ArrayList<>();
    root.path("files").forEach(file -> files.add(file(file)));
    List<MergedColumn> columns = new ArrayList<>();
    root.path("columns")
        .forEach(
            column ->
                columns.add(
                    new MergedColumn(
                        text(column, "name"),
                        (int) number(column, "worker"),
                        (int) number(column, "column"),
                        column.path("text").booleanValue())));
    List<SetAside> setAside = new ArrayList<>();
    root.path("set_aside").forEach(row -> setAside.add(setAside(row)));
    List<Long> outOfOrder = new ArrayList<>();
    root.path("out_of_order").forEach(number -> outOfOrder.add(number.longValue()));
    if (files.isEmpty() || outOfOrder.size() != files.size() - 1) {
      throw new IllegalArgumentException("not all is there");
    }
    Span sending = new Span(number(root, "earliest_send_ns"), number(root, "latest_send_ns"));
    return new MergedRun(files, columns, setAside, outOfOrder, sending);
  }

  private static InputFile file(JsonNode file) {
    String name = text(file, "name");
    List<InputProblem> problems = new ArrayList<>();
    for (JsonNode problem : file.path("problems")) {
      problems.add(
          new InputProblem(
              name,
              number(problem, "line"),
              Optional.ofNullable(problem.path("column").textValue()),
              text(problem, "what")));
    }
    return new InputFile(
        (int) number(file, "index"),
        name,
        Table.valueOf(text(file, "table")),
        text(file, "node"),
        text(file, "sha256"),
        number(file, "size_bytes"),
        number(file, "lines"),
        number(file, "rows"),
        number(file, "torn"),
        number(file, "refused"),
        number(file, "blank"),
        number(file, "cells_refused"),
        file.path("cut").booleanValue(),
        texts(file, "unused_columns"),
        texts(file, "missing_columns"),
        problems);
  }

  private static SetAside setAside(JsonNode row) {
    return new SetAside(
        (int) number(row, "file"),
        text(row, "node"),
        number(row, "line"),
        number(row, "event_id"),
        row.has("sequence_number")
            ? OptionalLong.of(number(row, "sequence_number"))
            : OptionalLong.empty(),
        number(row, "receive_time_ns"),
        number(row, "coordinator_send_time_ns"),
        text(row, "fate"),
        Optional.ofNullable(row.path("named").textValue()));
  }

  private static long number(JsonNode of, String key) {
    JsonNode value = of.path(key);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException(key + " is no whole number");
    }
    return value.longValue();
  }

  private static String text(JsonNode of, String key) {
    JsonNode value = of.path(key);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " is no text");
    }
    return value.textValue();
  }

  private static List<String> texts(JsonNode of, String key) {
    List<String> texts = new ArrayList<>();
    of.path(key).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
