/**
 * What the settings of a provider type are, said once: a JSON Schema 2020-12 beside the adapter, which is published, validates what
 * people write, and gives the adapter its defaults and bounds (ADR 0025).
 */
package io.hermes.storage.settings;
