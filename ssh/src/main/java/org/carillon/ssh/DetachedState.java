package org.carillon.ssh;

/** What has become of a detached process. */
public sealed interface DetachedState {

  /** It lives. */
  record Running() implements DetachedState {}

  /**
   * It has ended and its supervisor has written down how.
   *
   * @param exitCode 0–255; 128 + n if signal n ended it; 126 or 127 if it could not be executed
   */
  record Exited(int exitCode) implements DetachedState {}

  /** It does not live and left no exit code: the host was restarted, or all was killed at once. */
  record Gone() implements DetachedState {}
}
