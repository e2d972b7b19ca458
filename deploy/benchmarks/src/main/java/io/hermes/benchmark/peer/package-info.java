/** The program that ours is compared with. */
package io.hermes.benchmark.peer;
