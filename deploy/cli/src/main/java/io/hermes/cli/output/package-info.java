/** Text for people: tables, amounts, durations. */
package io.hermes.cli.output;
