/**
 * The stages of one experiment: checks every host, brings the release there, starts the processes,
 * waits for their clocks, lets the coordinator run, brings the files home, and has them analysed.
 *
 * <p>{@link org.carillon.deploy.Deployment} is the whole way; {@link org.carillon.deploy.Leftovers}
 * looks after a run whose deploy has died. Hosts are worked on at the same time, each on a virtual
 * thread ({@link org.carillon.deploy.FanOut}); no stage outlasts its deadline, and a wish to stop
 * ({@link org.carillon.deploy.Cancellation}) is heard by every wait. Nothing here knows what
 * travels between coordinator and workers: they are executables of the distribution, and are ended
 * by the identity they were started with.
 */
package org.carillon.deploy;
