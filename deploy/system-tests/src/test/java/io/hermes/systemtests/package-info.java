/**
 * The suite as a whole, on real servers, attacked. A {@link io.hermes.systemtests.Trial} is one job that suffers faults ({@code fault})
 * on the shared {@link io.hermes.systemtests.Stage} and is judged by the verifier ({@code oracle}). Shares no code with the services.
 */
package io.hermes.systemtests;
