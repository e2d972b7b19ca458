package io.hermes.contract.provider;

import java.time.Instant;

/**
 * What a store was seen to do when the registration probe tried it. What was not tried counts as absent.
 *
 * @param conditionalPut a second put with If-None-Match was refused
 * @param conditionalStream the same preconditions held when an upload by parts was completed
 * @param conditionalReplace a put with a stale If-Match was refused, and one with the right value accepted
 * @param conditionalDelete a delete of another revision was refused, or was found out and undone
 * @param refusesWrongBytes a body that does not hash to its signed SHA-256 was refused
 * @param versions the bucket keeps versions
 * @param keepForever a revision can be protected from deletion
 * @param tags an object's tags came back
 * @param userMetadata an object's own metadata came back
 * @param checksums the store keeps and checks a SHA-256 of its own
 * @param measuredAt when, by the registry's clock
 */
public record MeasuredCapabilities(
        boolean conditionalPut,
        boolean conditionalStream,
        boolean conditionalReplace,
        boolean conditionalDelete,
        boolean refusesWrongBytes,
        boolean versions,
        boolean keepForever,
        boolean tags,
        boolean userMetadata,
        boolean checksums,
        Instant measuredAt) {}
