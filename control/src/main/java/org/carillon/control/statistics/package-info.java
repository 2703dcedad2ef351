/**
 * What a worker reports while it runs, and how reports are joined: counters add up, histograms
 * merge, percentiles are never averaged. Immutable values, except where a class says otherwise.
 */
package org.carillon.control.statistics;
