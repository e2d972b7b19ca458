/** What stores hold: told from counters, and counted anew by listing them. */
package io.hermes.registry.statistics;
