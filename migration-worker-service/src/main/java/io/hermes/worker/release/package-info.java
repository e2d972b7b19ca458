/** The second half of a move: deletes a source revision once its verified copy is committed and the orchestrator permits it. */
package io.hermes.worker.release;
