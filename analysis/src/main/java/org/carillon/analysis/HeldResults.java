package org.carillon.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results that are complete and get their names together, written by several threads. */
final class HeldResults {
  private final List<Path> files = new ArrayList<>();
  private final List<String> removals = new ArrayList<>();
  private boolean isOver;

  /** A file that is complete; not kept if another thread has failed meanwhile. */
  synchronized void hold(Path file) {
    if (isOver) {
      Output.discard(file);
    } else {
      files.add(file);
    }
  }

  /** What is to be taken away when the others get their names. */
  synchronized void remove(String name) {
    removals.add(name);
  }

  /** All are complete. */
  synchronized void release(Output output) {
    removals.forEach(output::remove);
    files.forEach(output::release);
    files.clear();
  }

  /** What was not released never gets its name. */
  synchronized void discard() {
    isOver = true;
    files.forEach(Output::discard);
  }
}
