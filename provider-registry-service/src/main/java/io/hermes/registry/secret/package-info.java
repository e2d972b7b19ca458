/** How a provider's secrets are kept: sealed under a key from a mounted file, or as references to where they are. */
package io.hermes.registry.secret;
