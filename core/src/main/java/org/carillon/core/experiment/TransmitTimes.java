package org.carillon.core.experiment;

/** Whether a coordinator asks the kernel when each event left. */
public enum TransmitTimes {
  /** If events are far enough apart on average that asking delays none. */
  AUTO,
  ON,
  OFF
}
