/**
 * The executables {@code deploy}, {@code rollback} and {@code validate}: what they are told, what
 * they ask before something is changed, and what they print. Everything that they do to hosts is in
 * {@code org.carillon.deploy}. Nothing in {@code org.carillon.cli} may name a class of this
 * package.
 */
package org.carillon.cli.deploy;
