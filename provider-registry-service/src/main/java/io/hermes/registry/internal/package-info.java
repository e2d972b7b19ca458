/** The routes for the other services, {@code /internal/providers}: secrets in clear, claims. Never behind an ingress. */
package io.hermes.registry.internal;
