/**
 * Documents as files below one folder.
 *
 * <p>No link is followed below the root: every folder on the way is opened from the handle of the one above it, without following
 * links, and documents are opened, renamed and removed from that handle. Some calls have no form that takes a handle in Java: to make a
 * folder, to link, to set a time or an extended attribute, and to see a change time. They go by path, and what they did or saw is
 * compared with what the handle shows: a folder that was swapped for a link in between makes the call fail. What somebody who may
 * write in this store can still gain by swapping in the one moment between two system calls is an empty folder, a second name for a
 * document of ours, or an attribute of ours on a file with the same random name, outside. Nothing outside is ever read, replaced or
 * deleted. Folders that were used a moment ago are still open, and go through the same looks (ADR 0043).
 *
 * <p>Names that begin with {@code .hermes-} are ours: {@code tmp-} is being written, {@code released-} is being deleted, {@code meta-}
 * is a sidecar, {@code trash} and {@code revisions} keep what was.
 */
package io.hermes.storage.local;
