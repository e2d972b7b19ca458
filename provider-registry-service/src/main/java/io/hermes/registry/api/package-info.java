/** The public routes, {@code /api/v2/providers}. */
package io.hermes.registry.api;
