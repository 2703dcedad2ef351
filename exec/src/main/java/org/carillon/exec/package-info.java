/**
 * The workload {@code exec}: one command on every node, released at the common start, so that
 * anyone's benchmark begins everywhere at a proven instant. Its output, its exit code and how long
 * it took are kept; all that it started ends with it.
 *
 * <p>Who may start commands is decided elsewhere. Nothing here reads or measures what they do.
 */
package org.carillon.exec;
