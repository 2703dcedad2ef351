package org.carillon.deploy.records;

import java.util.List;

/**
 * What was asked.
 *
 * @param deployable its name
 * @param arguments of the executable, its name first; redacted when they are written
 */
public record ActionRequest(ActionKind kind, String deployable, List<String> arguments) {
  public ActionRequest {
    arguments = List.copyOf(arguments);
  }
}
