/** The suite as a whole, on real servers, while they are killed. Shares no code with the services it judges. */
package io.hermes.systemtests;
