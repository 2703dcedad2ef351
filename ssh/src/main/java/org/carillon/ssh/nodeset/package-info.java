/**
 * Sets of hosts as one text, in the notation of Slurm, ClusterShell and pdsh: {@code
 * node[001-128,200],login1}. {@link org.carillon.ssh.nodeset.NodeSet} reads and writes them, {@link
 * org.carillon.ssh.nodeset.Groups} names them in a file.
 *
 * <p>Nothing here looks a name up or connects to anything. Sets cannot be changed and may be shared
 * by threads. What cannot be read is an {@link java.lang.IllegalArgumentException} whose message is
 * a sentence with the position, counted from 1.
 */
package org.carillon.ssh.nodeset;
