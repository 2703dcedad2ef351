/**
 * YAML files made of known keys: an experiment, a deployable.
 *
 * <p>A {@link org.carillon.core.keys.Schema} lists the keys, each with its form, default and a
 * sentence about it. The text becomes a tree in which every key and value knows its line and column
 * ({@link org.carillon.core.keys.YamlText}); a site's file and {@code --set} are laid over it
 * ({@link org.carillon.core.keys.Overrides}); and {@link org.carillon.core.keys.KeyedFile} turns
 * texts into values or notes what is wrong with them, so that every fault is reported at once.
 * Which keys need or exclude each other is for the package that owns the schema to say.
 */
package org.carillon.core.keys;
