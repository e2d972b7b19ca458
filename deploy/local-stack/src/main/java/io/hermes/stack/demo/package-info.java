/** The main job from nothing: makes documents, migrates them through the public API, and checks the result without the services. */
package io.hermes.stack.demo;
