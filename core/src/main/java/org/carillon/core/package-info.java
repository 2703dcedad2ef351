/**
 * The base that every module stands on: exit codes and the one exception that carries them.
 *
 * <p>Below it, one package per idea: {@code time} (clocks, readings, durations), {@code event} (the
 * datagrams), {@code record} (the CSV files of a run), {@code net} (addresses), {@code fault}
 * (faults that a process makes for itself), {@code experiment} (the experiment file) and {@code
 * run} (the run directory). Nothing here knows NTP, SSH, a database or a command line.
 */
package org.carillon.core;
