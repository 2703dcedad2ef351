/**
 * What a node's system clock is worth: measured against NTP servers, told by the kernel and by the
 * daemons that run, and judged by {@link org.carillon.ntp.check.Thresholds}.
 *
 * <p>{@link org.carillon.ntp.check.ClockMeasuring} measures and looks; what it finds are records.
 * {@link org.carillon.ntp.check.ClockJudgement} judges those and is a pure function of them, and
 * {@link org.carillon.ntp.check.ClockText} and {@link org.carillon.ntp.check.ClockJson} write them
 * down. Nothing here changes a clock, a daemon or a file. docs/clockcheck.md tells what each check
 * means.
 */
package org.carillon.ntp.check;
