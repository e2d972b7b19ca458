/** Real servers for tests, started as processes of their own. Published in the test-jar for the services' tests. */
package io.hermes.storage.testing;
