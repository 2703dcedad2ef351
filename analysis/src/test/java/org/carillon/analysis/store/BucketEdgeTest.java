package org.carillon.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class BucketEdgeTest {

  @Test
  void aBucketBeginsAtTheFirstValueThatIsPutIntoItOrAbove() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(Database.text("macros"));
      try (ResultSet answer =
          statement.executeQuery(
              """
              SELECT count(*), min(edge) FILTER (bucket_of(edge) < bucket OR bucket_of(edge - 1) >= bucket)
              FROM (SELECT bucket, bucket_edge(bucket) AS edge FROM range(1, 740000) t(bucket))
              WHERE edge < 1125899906842624""")) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getLong(1)).isGreaterThan(700_000);
        assertThat(answer.getObject(2)).isNull();
      }
    }
  }
}
