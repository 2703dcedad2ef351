/**
 * The executable {@code hosts}: which hosts, the way to them, what is done there, and how the
 * answers are printed. Everything that works on hosts is in {@code org.carillon.ssh}. Nothing in
 * {@code org.carillon.cli} may name a class of this package.
 */
package org.carillon.cli.hosts;
