/** Makes the specification's HCL configuration into a {@code providers.yaml}, and names everything that has no place there. */
package io.hermes.cli.conversion;
