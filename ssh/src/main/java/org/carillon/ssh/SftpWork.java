package org.carillon.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpProgressMonitor;

/** Something that is done in an SFTP channel. */
@FunctionalInterface
interface SftpWork<T> {

  /**
   * @param progress to be told of every block, so that a transfer that stands still is noticed
   */
  T in(ChannelSftp channel, SftpProgressMonitor progress) throws SftpException, LocalFileException;
}
