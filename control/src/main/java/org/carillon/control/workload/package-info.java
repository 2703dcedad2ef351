/**
 * What a worker can be told to do: the interface behind which every workload stands, and what it
 * gets from the agent that runs it.
 */
package org.carillon.control.workload;
