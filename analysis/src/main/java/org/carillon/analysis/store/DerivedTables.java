package org.carillon.analysis.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables and views that statements make for later questions. Each is made when the first question
 * names it, and not before: of a run that was analysed before, most questions are not asked again.
 */
final class DerivedTables {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern CREATED =
      Pattern.compile("CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TABLE|VIEW|MACRO)\\s+(\\w+)");

  /** Makes something in the database. */
  interface Making {
    void make() throws SQLException;
  }

  /** One step: what it makes or fills, what it is made of, and its content for short. */
  private static final class Step {
    private final Set<String> made;
    private final Set<String> words;
    private final String content;
    private final Making making;
    private boolean done;

    Step(Set<String> made, Set<String> words, String content, Making making) {
      this.made = made;
      this.words = words;
      this.content = content;
      this.making = making;
    }
  }

  private final List<Step> steps = new ArrayList<>();

  /** Statements to be run when something that they create is asked for. */
  void create(String sql, Making making) {
    Set<String> created = new HashSet<>();
    Matcher matcher = CREATED.matcher(sql);
    while (matcher.find()) {
      created.add(matcher.group(1));
    }
    steps.add(new Step(created, words(sql), sql, making));
  }

  /**
   * Rows to be put into a table when that is asked for.
   *
   * @param content the rows, as a text that differs where they do
   */
  void fill(String table, String content, Making making) {
    steps.add(new Step(Set.of(table), Set.of(table), content, making));
  }

  private static Set<String> words(String sql) {
    Set<String> words = new HashSet<>();
    Matcher matcher = WORD.matcher(sql);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** What a question rests on: the content of every step that it needs, in order. */
  List<String> contentFor(String sql) {
    return needed(sql).stream().map(step -> step.content).toList();
  }

  /** Makes what a question needs and is not there yet. */
  void makeFor(String sql) throws SQLException {
    for (Step step : needed(sql)) {
      if (!step.done) {
        StatementLog.timed(
            String.join(", ", step.made),
            () -> {
              step.making.make();
              return null;
            });
        step.done = true;
      }
    }
  }

  private List<Step> needed(String sql) {
    Set<String> wanted = words(sql);
    List<Step> needed = new ArrayList<>();
    for (Step step : steps.reversed()) {
      if (step.made.stream().anyMatch(wanted::contains)) {
        wanted.addAll(step.words);
        needed.add(step);
      }
    }
    return needed.reversed();
  }
}
