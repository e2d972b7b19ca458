/**
 * What goes wrong while a job runs, on purpose (F1 to F35): each counts how often it struck while there was something to strike, and
 * a run in which one of them did not strike often enough proves nothing and fails.
 */
package io.hermes.systemtests.fault;
