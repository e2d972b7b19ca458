/** No topic is created by the broker on its own: each service declares what it writes and reads. */
package io.hermes.edge.topic;
