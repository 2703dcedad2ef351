package org.carillon.deploy;

/** Is told how a run goes; called by one thread. */
@FunctionalInterface
public interface ProgressListener {

  /** A line of the coordinator's, which is a JSON object. */
  void line(String json);

  /** Nothing more will come, and perhaps no last line came; may be repeated. */
  default void over() {}
}
