package org.carillon.analysis.statistics.quality;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carillon.analysis.input.Table;
import org.carillon.analysis.statistics.Accounting;
import org.carillon.analysis.statistics.InputAccount;
import org.carillon.analysis.statistics.Summary;
import org.carillon.analysis.store.Database;
import org.carillon.analysis.store.Row;

/** Asks the store what became of datagrams. What did not happen is not asked about. */
final class NetworkQualities {

  private final Summary summary;
  private final Map<String, Row> bursts;
  private final Map<String, Row> reordering;
  private final Map<String, Row> receptions;
  private final Map<String, InputAccount> files = new HashMap<>();

  NetworkQualities(Database database, Summary summary) {
    this.summary = summary;
    this.bursts = rows(database, "loss_bursts", Accounting::lost);
    this.reordering = rows(database, "reordering", Accounting::outOfOrder);
    this.receptions = byNode(database.ask("reception"));
    for (InputAccount account : summary.input()) {
      if (account.file().table() == Table.WORKER) {
        files.put(account.file().node(), account);
      }
    }
  }

  private Map<String, Row> rows(
      Database database, String question, Function<Accounting, Long> count) {
    return summary.workers().values().stream().allMatch(a -> count.apply(a) == 0)
        ? Map.of()
        : byNode(database.ask(question));
  }

  private static long linesDamaged(InputAccount account) {
    return account.file().torn() + account.file().refused() + account.misnamed();
  }

  private static Map<String, Row> byNode(List<Row> rows) {
    return rows.stream().collect(Collectors.toMap(row -> row.text("node"), row -> row));
  }

  Map<String, NetworkQuality> byWorker() {
    Map<String, NetworkQuality> all = new LinkedHashMap<>();
    summary
        .workers()
        .forEach(
            (node, accounting) -> {
              Optional<Row> lost = Optional.ofNullable(bursts.get(node));
              Optional<InputAccount> file = Optional.ofNullable(files.get(node));
              Optional<Reception> reception =
                  Optional.ofNullable(receptions.get(node)).map(row -> reception(node, row));
              all.put(
                  node,
                  new NetworkQuality(
                      summary.sent(),
                      LossCauses.of(
                          accounting.lost(),
                          file.map(NetworkQualities::linesDamaged).orElse(0L),
                          file.map(one -> one.file().cut()).orElse(false),
                          lost.map(row -> row.number("after_the_last")).orElse(0L),
                          reception),
                      lost.flatMap(this::bursts),
                      accounting.duplicates(),
                      Optional.ofNullable(reordering.get(node))
                          .map(
                              row ->
                                  new Reordering(
                                      row.number("n"),
                                      row.optionalNumber("p50"),
                                      row.optionalNumber("p99"),
                                      row.number("most"))),
                      reception));
            });
    return all;
  }

  private Optional<Bursts> bursts(Row row) {
    return row.number("runs") == 0
        ? Optional.empty()
        : Optional.of(
            new Bursts(
                row.number("lost_before"),
                summary.sent() - row.number("after_the_last"),
                row.number("runs"),
                row.number("of_one"),
                row.number("of_few"),
                row.number("of_tens"),
                row.number("of_hundreds"),
                row.number("longest"),
                row.number("longest_ns")));
  }

  private Reception reception(String node, Row row) {
    long seconds = row.number("seconds");
    long lines = Optional.ofNullable(files.get(node)).map(one -> one.file().lines()).orElse(0L);
    return new Reception(
        seconds,
        row.number("received"),
        row.optionalNumber("most_received"),
        row.number("malformed"),
        row.number("of_another_run"),
        row.number("seconds_with_kernel") == seconds
            ? row.optionalNumber("kernel_drops")
            : OptionalLong.empty(),
        row.number("seconds_with_drops"),
        row.optionalNumber("most_drops"),
        row.number("rows_lost"),
        row.number("received") - lines - row.number("rows_lost"));
  }
}
