/**
 * What can be told from a document itself: metadata in its frontmatter, its identity, and the key it gets at a destination. Plain
 * functions, no I/O.
 */
package io.hermes.storage.document;
