/** The types of providers: what their settings are, published and held against what people write. */
package io.hermes.registry.type;
