/** Where things are: the stack's data folder with its ports and secrets, and the build's own jars. */
package io.hermes.stack.layout;
