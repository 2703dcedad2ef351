/**
 * The directory of a run: where its files are, who may write there, and the manifest that says what
 * the run was and what each file holds.
 *
 * <p>Folders are 0750 and files 0640. A file appears under its final name only when complete. The
 * names are those of docs/formats.md.
 */
package org.carillon.core.run;
