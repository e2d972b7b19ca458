/** What the API shows of jobs, items, errors and workers. Reads only, each answer from one statement. */
package io.hermes.orchestrator.view;
