/** Who may call: a viewer's, operator's or administrator's token for the public routes, a service's token for {@code /internal}. */
package io.hermes.edge.security;
