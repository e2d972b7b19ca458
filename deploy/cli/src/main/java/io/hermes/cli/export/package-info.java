/** Takes what a service streams into a file that is whole or not there. */
package io.hermes.cli.export;
