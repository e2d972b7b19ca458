/** Who changed what, and who was refused it: an append-only table that is written in the transaction of each change. */
package io.hermes.registry.audit;
