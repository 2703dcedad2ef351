package org.carillon.events;

/** Closes what was opened before something failed. */
public final class Closing {

  private Closing() {}

  /**
   * Closes a resource; what goes wrong with that stands beside the fault.
   *
   * @param fault why it is closed
   */
  public static void closeAfter(RuntimeException fault, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      fault.addSuppressed(e);
    }
  }
}
