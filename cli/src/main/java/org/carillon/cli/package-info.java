/**
 * One picocli class per executable, and what all of them share; {@code deploy}, {@code rollback},
 * {@code validate} and {@code hosts} have packages of their own. A command parses, calls one
 * library entry point, prints, and returns an exit code; what a test would want to call without a
 * command line lives below this module.
 */
package org.carillon.cli;
