/** Compares a folder with a bucket by reading both, with nothing but the JDK: shares no code with the services it checks. */
package io.hermes.stack.proof;
