/**
 * The identity of one run: a private key and a certificate of its own, made for the run and trusted
 * by nobody else. Whoever holds it may command the workers of the run; whoever does not is refused
 * by them.
 */
package org.carillon.control.identity;
