package io.hermes.worker.copy;

/** Which of the two stores of a copy. */
enum Side {
    SOURCE,
    DESTINATION
}
