/** The copy protocol: pin, read, hash, write under a condition, prove, and decide what a taken key means. */
package io.hermes.worker.copy;
