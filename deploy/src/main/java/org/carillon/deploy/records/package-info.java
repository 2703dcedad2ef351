/**
 * What was done to the nodes, by whom, and what is where now; and the locks that keep two
 * deployments apart.
 *
 * <p>An {@link org.carillon.deploy.records.ActionRecord} is one deploy, rollback, backup or
 * validation: a folder {@code reports/TIME-KIND-NAME/} with a log, the steps as they are taken
 * ({@link org.carillon.deploy.records.StepLog}) and, at the end, a report in Markdown and JSON; and
 * two lines in the append-only {@link org.carillon.deploy.records.History}. {@link
 * org.carillon.deploy.records.DeployLock} is held on the head node and on every node.
 *
 * <p>Every text passes {@link org.carillon.deploy.records.Redactor} before it is written. Files are
 * 0640, folders 0750. Times are ns since the Unix epoch by the head node's clock. All types may be
 * used from several threads at once. What is done, and in which order, is not decided here.
 */
package org.carillon.deploy.records;
