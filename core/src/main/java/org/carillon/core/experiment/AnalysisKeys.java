package org.carillon.core.experiment;

import static org.carillon.core.keys.Key.withDefault;

import java.time.Duration;
import java.util.List;
import org.carillon.core.keys.Form;
import org.carillon.core.keys.Forms;
import org.carillon.core.keys.Key;
import org.carillon.core.keys.KeyGroup;

/** The group {@code analysis}. */
final class AnalysisKeys {

  static final KeyGroup GROUP = new KeyGroup();

  static final Key<List<Duration>> WINDOWS =
      GROUP.add(
          withDefault(
              "analysis.windows",
              new Form.Many<>(Forms.duration(Duration.ofMillis(1))),
              "50ms,100ms,500ms,1s",
              "Window sizes whose assignments are compared between workers."));
  static final Key<List<Figure>> FORMATS =
      GROUP.add(
          withDefault(
              "analysis.formats",
              new Form.Many<>(Forms.choice(Figure.class)),
              "png,svg,pdf",
              "Forms in which figures are drawn."));
  static final Key<Boolean> MIXED =
      GROUP.add(
          withDefault(
              "analysis.mixed",
              Forms.bool(),
              "false",
              "Also compare each worker clock with the coordinator's system clock, marked as no"
                  + " valid comparison."));

  private AnalysisKeys() {}
}
