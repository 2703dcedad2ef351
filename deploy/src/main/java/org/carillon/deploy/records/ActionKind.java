package org.carillon.deploy.records;

import java.util.Locale;

/** What can be done to a deployable. */
public enum ActionKind {
  /** A release is brought to the nodes. */
  RELEASE,
  /** A deployment that was cut off is finished or undone. */
  RESUME,
  /** A backup alone. */
  BACKUP,
  /** An earlier state is restored. */
  ROLLBACK,
  /** It is looked whether all is well. */
  VALIDATE;

  /** As it stands in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The program that does it. */
  public String executable() {
    return this == ROLLBACK || this == VALIDATE ? word() : "deploy";
  }
}
