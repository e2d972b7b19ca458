package io.hermes.registry.provider;

/**
 * A provider as the file describes it.
 *
 * @param place JSON pointer to it in the file
 * @param adopt whether it may take over a provider of this name that was made through the API
 * @param provider what it is to be
 * @param source name of the file, {@code #} and the provider's name
 */
public record DeclaredProvider(String place, boolean adopt, CreateProvider provider, String source) {}
