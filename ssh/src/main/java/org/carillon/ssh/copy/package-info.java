/**
 * Files and whole folders to many hosts and from them: {@link org.carillon.ssh.copy.Bundle} is read
 * from this machine's disk once, {@link org.carillon.ssh.copy.Delivery} unpacks it on a host,
 * {@link org.carillon.ssh.copy.Fetch} brings files of a host home. Every copy is checked by SHA-256
 * before it has its name. What is interrupted leaves nothing, and may be done again.
 */
package org.carillon.ssh.copy;
