/**
 * The experiment file: one YAML file that says on which nodes, with which clocks and with which
 * workload an experiment runs.
 *
 * <p>The text becomes a tree in which every key and value knows its line and column ({@link
 * org.carillon.core.experiment.YamlText}); {@code local.yaml} and {@code --set} are laid over it
 * ({@link org.carillon.core.experiment.Overrides}); the one list of keys ({@link
 * org.carillon.core.experiment.Keys}) turns texts into values and supplies the defaults; and {@link
 * org.carillon.core.experiment.ExperimentLoader} makes {@link
 * org.carillon.core.experiment.Experiment} of it, or reports every fault at once. All results are
 * immutable.
 */
package org.carillon.core.experiment;
