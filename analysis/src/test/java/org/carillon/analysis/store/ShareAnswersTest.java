package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareAnswersTest {

  @Test
  void aFolderThatLooksLikeAPatternOrAColumnIsAFolder(@TempDir Path folder) throws Exception {
    Path meant = Files.createDirectories(folder.resolve("n=7/run[1]*")).resolve("it.parquet");
    Path other = Files.createDirectories(folder.resolve("n=7/run1*")).resolve("it.parquet");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute("COPY (SELECT 3 AS n) TO " + SqlText.text(meant.toString()));
      statement.execute("COPY (SELECT 4 AS n) TO " + SqlText.text(other.toString()));
      try (ResultSet rows =
          statement.executeQuery("SELECT n FROM " + ShareAnswers.parquet(List.of(meant)))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(3);
        assertThat(rows.next()).isFalse();
      }
    }
  }
}
