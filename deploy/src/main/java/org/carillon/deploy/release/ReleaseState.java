package org.carillon.deploy.release;

import java.util.Locale;

/** How far a release got on a host. */
public enum ReleaseState {
  /** Its files are there. */
  STAGED,
  /** They were read back and are what was released. */
  VALIDATED,
  /** {@code current} points to it, or did; whether it works is not known yet. */
  ACTIVE,
  /** It worked: healthy, and its tests passed. */
  GOOD,
  /** It was tried, and did not. */
  FAILED,
  /** It worked, and somebody went back to an earlier release all the same. */
  TURNED_BACK;

  /** As it stands in the state file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a word of a state file.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ReleaseState parse(String word) {
    for (ReleaseState state : values()) {
      if (state.word().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is not the state of a release");
  }
}
