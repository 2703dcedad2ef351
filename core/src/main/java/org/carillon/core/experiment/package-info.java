/**
 * The experiment file: one YAML file that says on which nodes, with which clocks and with which
 * workload an experiment runs.
 *
 * <p>The one list of keys ({@link org.carillon.core.experiment.Keys}) says what may stand in it and
 * supplies the defaults; {@link org.carillon.core.keys} reads it; and {@link
 * org.carillon.core.experiment.ExperimentLoader} makes {@link
 * org.carillon.core.experiment.Experiment} of it, or reports every fault at once. All results are
 * immutable.
 */
package org.carillon.core.experiment;
