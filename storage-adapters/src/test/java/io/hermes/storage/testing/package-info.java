/** Real servers for tests, as processes of their own, and the faults of networks before them. Published in the test-jar for the services. */
package io.hermes.storage.testing;
