/** The provider registry: which stores exist, how to reach them, how they are. */
package io.hermes.registry;
