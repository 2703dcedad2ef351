/**
 * Shows a run under control while it goes on: as a table in a terminal, as lines in the log, as
 * JSON for programs; and writes its results at the end. Views take one picture after the other,
 * from one thread, and know nothing but what is in it.
 */
package org.carillon.control.view;
