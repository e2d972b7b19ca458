/** Registered providers: their settings, secrets, rules and claims. The only package that sees the table. */
package io.hermes.registry.provider;
