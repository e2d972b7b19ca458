/**
 * Documents in a bucket of any S3-compatible store, one object each. A write is one conditional request whose payload is signed;
 * metadata and our marker travel in the object's own user metadata, so that nothing else has to be kept in step with it.
 */
package io.hermes.storage.s3;
