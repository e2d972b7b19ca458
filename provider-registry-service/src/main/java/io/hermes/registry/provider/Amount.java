package io.hermes.registry.provider;

/**
 * What a store holds, or what came to it.
 *
 * @param documents how many
 * @param bytes their size
 */
record Amount(long documents, long bytes) {}
