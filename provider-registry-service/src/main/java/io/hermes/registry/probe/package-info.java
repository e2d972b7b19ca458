/** Tries stores within a bound of time. */
package io.hermes.registry.probe;
