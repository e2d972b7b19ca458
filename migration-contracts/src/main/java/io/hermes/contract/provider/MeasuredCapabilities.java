package io.hermes.contract.provider;

import java.time.Instant;

/**
 * What a store was seen to do when the registration probe tried it. What was not tried counts as absent.
 *
 * @param conditionalPut a second put with If-None-Match was refused
 * @param conditionalReplace a put with a stale If-Match was refused, and one with the right value accepted
 * @param conditionalDelete a delete with a stale If-Match was refused
 * @param refusesWrongBytes a body that does not hash to its signed SHA-256 was refused
 * @param versions the bucket keeps versions
 * @param tags an object's tags came back
 * @param userMetadata an object's own metadata came back
 * @param measuredAt when, by the registry's clock
 */
public record MeasuredCapabilities(
        boolean conditionalPut,
        boolean conditionalReplace,
        boolean conditionalDelete,
        boolean refusesWrongBytes,
        boolean versions,
        boolean tags,
        boolean userMetadata,
        Instant measuredAt) {}
