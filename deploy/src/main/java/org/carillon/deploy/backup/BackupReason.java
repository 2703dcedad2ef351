package org.carillon.deploy.backup;

import org.carillon.deploy.records.ActionKind;

/**
 * Why a backup is taken.
 *
 * @param before what follows; {@link ActionKind#BACKUP} if nothing does
 * @param by who takes it, and from where
 * @param why one sentence
 */
public record BackupReason(ActionKind before, String by, String why) {}
