package io.hermes.registry.provider;

/**
 * One thing wrong with the file of providers.
 *
 * @param pointer JSON pointer to the place in the file
 * @param message what is wrong and what would be right; never repeats a value
 */
public record DeclaredFault(String pointer, String message) {}
