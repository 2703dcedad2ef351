/**
 * Says of many hosts, and of a service on them, whether all is well.
 *
 * <p>A {@link org.carillon.deploy.validate.Subject} is what is looked at, a {@link
 * org.carillon.deploy.validate.Question} is what of it, and {@link
 * org.carillon.deploy.validate.Validation} asks and brings the answers together in a {@link
 * org.carillon.deploy.validate.ValidationReport}. A check reads only; it passes, warns or fails, or
 * is unknown: what was not measured is never a pass. A check that crashes or is late spoils no
 * other one.
 *
 * <p>A script asks on the host and prints; what its answers mean is decided here, by functions of
 * numbers that need no host. What a later validation must remember of an earlier one (the last
 * report, the samples that a trend is made of) stands in one file on this machine.
 */
package org.carillon.deploy.validate;
