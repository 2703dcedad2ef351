package org.carillon.analysis.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a summary tells of the files that lie there now. It has the size of each; a file of
 * another size, one that is new, and one that is gone show that it does not. Their content is not
 * read, so that two hundred runs take no longer than their summaries.
 */
final class SummaryFit {

  private static final Pattern RECORDING =
      Pattern.compile(
          "(coordinator|(worker|commit_wait|samples|clock|reception)_.+)\\.csv(\\..+)?");

  private SummaryFit() {}

  /**
   * Why a summary should be made anew from a run's files, if so.
   *
   * @param run the folder of the files
   * @param version of this program
   */
  static Optional<String> whyOld(JsonNode summary, Path run, String version) {
    if (!summary.path("version").asText().equals(version)) {
      return Optional.of("version " + summary.path("version").asText() + " made it");
    }
    JsonNode input = summary.path("input");
    Set<String> files = new TreeSet<>();
    input.fieldNames().forEachRemaining(files::add);
    files.addAll(recordings(run));
    for (String name : files) {
      if (RECORDING.matcher(name).matches()
          && size(run.resolve(name)) != input.path(name).path("bytes").asLong(-2)) {
        return Optional.of("it is not of the " + name + " that lies there");
      }
    }
    return Optional.empty();
  }

  private static Set<String> recordings(Path run) {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(run)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> RECORDING.matcher(name).matches())
          .forEach(names::add);
    } catch (IOException e) {
      return names; // what cannot be listed has another size than it should, too
    }
    return names;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1;
    }
  }
}
