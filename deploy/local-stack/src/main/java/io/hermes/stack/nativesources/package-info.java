/** Checks what native augmentation made of the services, which needs no GraalVM. */
package io.hermes.stack.nativesources;
