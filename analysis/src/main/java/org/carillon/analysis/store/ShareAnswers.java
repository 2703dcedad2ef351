package org.carillon.analysis.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carillon.core.run.Sha256;

/**
 * Answers about the shares of a run to statements that are {@link Additive}, as Parquet files. Each
 * is named by the statement, by all that this rests on and by its parameters: an answer to anything
 * else is not found, and the rows are asked.
 */
final class ShareAnswers {

  private static final int DIGEST_BYTES = 8;

  private final List<Path> folders;

  /**
   * Of shares that make up a run.
   *
   * @param folders of each, where its answers are
   */
  ShareAnswers(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * The name of the file with an answer.
   *
   * @param restsOn the statements and rows that made what is asked
   */
  static String file(String name, String sql, List<String> restsOn, Object... parameters) {
    MessageDigest digest = Sha256.digest();
    digest.update(filled(sql, parameters).getBytes(StandardCharsets.UTF_8));
    for (String part : restsOn) {
      digest.update((byte) 0);
      digest.update(part.getBytes(StandardCharsets.UTF_8));
    }
    return name + "-" + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES) + ".parquet";
  }

  /** The statement with its parameters, which are whole numbers, in place of question marks. */
  static String filled(String sql, Object... parameters) {
    String filled = sql;
    for (Object parameter : parameters) {
      filled = filled.replaceFirst("(?m)^((?!--)[^?\\n]*)\\?", "$1" + (Long) parameter);
    }
    return filled;
  }

  /** What gives the answer about the whole run, if those about all shares are there. */
  Optional<String> ofAll(String name, String sql, List<String> restsOn, Object... parameters) {
    return Additive.named(name)
        .flatMap(
            additive -> {
              String file = file(name, sql, restsOn, parameters);
              List<Path> files = folders.stream().map(folder -> folder.resolve(file)).toList();
              return files.stream().allMatch(Files::isRegularFile)
                  ? Optional.of(additive.ofAll(sql, parquet(files)))
                  : Optional.empty();
            });
  }

  /** What stands behind FROM for the rows of some files of the same columns. */
  static String parquet(List<Path> files) {
    return files.stream()
        .map(SqlText::path)
        .collect(Collectors.joining(", ", "read_parquet([", "], hive_partitioning = false)"));
  }
}
