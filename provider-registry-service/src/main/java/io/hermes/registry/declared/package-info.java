/** Providers that a mounted file describes: read, compared with the registry, applied when it changes. */
package io.hermes.registry.declared;
