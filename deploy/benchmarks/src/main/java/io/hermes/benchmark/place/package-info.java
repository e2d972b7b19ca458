/** Where documents are, as the machine sees it. */
package io.hermes.benchmark.place;
