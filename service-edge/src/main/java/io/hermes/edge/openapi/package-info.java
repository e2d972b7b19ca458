/** What the OpenAPI documents of all services say alike: who may call, what goes wrong, and in which order it stands. */
package io.hermes.edge.openapi;
