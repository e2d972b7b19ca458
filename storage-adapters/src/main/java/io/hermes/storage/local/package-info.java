/**
 * Documents as files below one folder.
 *
 * <p>No link is followed below the root: every folder on the way is opened from the handle of the one above it, without following
 * links, and documents are opened from that handle. Three calls have no form that takes a handle (make a folder, link, extended
 * attributes) and go by path. Only somebody who may write in this store can swap a folder for a link, and only between two of these
 * calls; what they gain is one empty folder, or a second name for a document of ours, outside. Nothing outside is ever opened,
 * replaced or deleted.
 */
package io.hermes.storage.local;
