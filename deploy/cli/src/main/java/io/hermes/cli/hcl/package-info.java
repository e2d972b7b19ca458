/** The part of HCL that configurations are written in: blocks, attributes and literal values, each with its line. */
package io.hermes.cli.hcl;
