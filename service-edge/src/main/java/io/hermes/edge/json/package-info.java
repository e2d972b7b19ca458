/** JSON is read strictly: what a client meant and we would have guessed is refused. */
package io.hermes.edge.json;
