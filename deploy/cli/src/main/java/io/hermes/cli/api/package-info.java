/** The public REST API as any client sees it: JSON over HTTP with a bearer token. Shares no class with the services. */
package io.hermes.cli.api;
