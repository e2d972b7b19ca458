/** The whole suite on one machine without containers: {@code stack up}, {@code stack status}, {@code stack down}. */
package io.hermes.stack;
