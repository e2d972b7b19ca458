/** Entity tags and preconditions of things that are changed by version. */
package io.hermes.edge.version;
