/** The worker's own life: what must hold before it starts, how it drains, and when it gives itself up. */
package io.hermes.worker.life;
