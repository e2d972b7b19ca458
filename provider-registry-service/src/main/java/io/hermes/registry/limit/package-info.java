/** How fast a store may be used: limits, weekly windows, and how a rate is divided. Values and arithmetic, without a clock or a database. */
package io.hermes.registry.limit;
