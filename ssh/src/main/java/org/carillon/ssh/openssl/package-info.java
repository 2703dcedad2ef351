/**
 * The arithmetic of a login and of what is moved, by the system's OpenSSL instead of Java's own: a
 * process that lives for a second would spend most of it on Java's learning to do that fast. {@link
 * org.carillon.ssh.openssl.OpenSsl} finds the library and hands its algorithms to JSch; without
 * one, JSch keeps Java's.
 */
package org.carillon.ssh.openssl;
