package io.hermes.systemtests;

import io.hermes.stack.StackDescription;
import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.proof.BucketReader;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.oracle.Bucket;
import io.hermes.systemtests.oracle.Folder;
import io.hermes.systemtests.oracle.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two providers of one trial, registered, and the same places as the verifier sees them. What the services say to the bucket goes
 * through the proxy; what the verifier asks does not.
 *
 * @param documents the requests that carry documents through the proxy: so many as the job has documents, and what is repeated
 */
record Route(
        String sourceProvider,
        String destProvider,
        Store source,
        Store destination,
        FaultProxy proxy,
        Requests documents) {

    private static final String UNLIMITED = "null";
    private static final String PROVIDERS = "/api/v2/providers";

    /** Seconds. As in production, where a document that passes slowly is not to be given up. */
    private static final int PATIENT = 30;

    /** Seconds. A store that says nothing is given up within the recovery time of a trial. */
    private static final int IMPATIENT = 2;

    /** From this folder to a place of its own in the bucket. */
    static Route toBucket(StackDescription stack, String name, Path folder) throws IOException, InterruptedException {
        return toBucket(stack, name, folder, UNLIMITED);
    }

    /** The same to a bucket with limits, as JSON. */
    static Route toBucket(StackDescription stack, String name, Path folder, String limits)
            throws IOException, InterruptedException {
        FaultProxy proxy = FaultProxy.before(stack.s3().endpoint());
        Rest registry = new Rest(stack.registry().url(), stack.token());
        String source = "folder-" + name;
        String destination = "bucket-" + name;
        registry.post(PROVIDERS, folder(source, folder, false));
        registry.post(PROVIDERS, bucket(destination, stack.s3(), proxy, name, PATIENT, limits));
        Requests documents = Requests.of("PUT");
        return new Route(source, destination, new Folder(folder), at(stack, name), proxy, documents);
    }

    /** From a place in the bucket that holds documents already to a folder that is made. */
    static Route toFolder(StackDescription stack, String name, String place, Path folder)
            throws IOException, InterruptedException {
        FaultProxy proxy = FaultProxy.before(stack.s3().endpoint());
        Rest registry = new Rest(stack.registry().url(), stack.token());
        String source = "bucket-" + name;
        String destination = "folder-" + name;
        Files.createDirectories(folder);
        registry.post(PROVIDERS, bucket(source, stack.s3(), proxy, place, IMPATIENT, UNLIMITED));
        registry.post(PROVIDERS, folder(destination, folder, true));
        return new Route(source, destination, at(stack, place), new Folder(folder), proxy, below("GET", place));
    }

    /** From a place in the bucket that holds documents already to another. */
    static Route betweenPlaces(StackDescription stack, String name, String place)
            throws IOException, InterruptedException {
        FaultProxy proxy = FaultProxy.before(stack.s3().endpoint());
        Rest registry = new Rest(stack.registry().url(), stack.token());
        String source = "source-" + name;
        String destination = "destination-" + name;
        registry.post(PROVIDERS, bucket(source, stack.s3(), proxy, place, IMPATIENT, UNLIMITED));
        registry.post(PROVIDERS, bucket(destination, stack.s3(), proxy, name, IMPATIENT, UNLIMITED));
        return new Route(source, destination, at(stack, place), at(stack, name), proxy, below("PUT", name));
    }

    private static Requests below(String method, String place) {
        return Requests.of(method).matching(request -> request.key().startsWith(place + "/"));
    }

    private static Bucket at(StackDescription stack, String place) {
        return new Bucket(new BucketReader(stack.s3(), MigrationJob.BUCKET), place + "/");
    }

    private static String folder(String provider, Path root, boolean writable) {
        return """
                {"providerName": "%s", "providerType": "local", "isPrimary": false, "isWritable": %s,
                 "config": {"base_path": "%s", "path_template": "{path}"}}""".formatted(provider, writable, root);
    }

    private static String bucket(
            String provider, StackDescription.S3Node s3, FaultProxy proxy, String prefix, int patience, String limits) {
        return """
                {"providerName": "%s", "providerType": "s3", "isPrimary": false, "isWritable": true, "limits": %s,
                 "config": {"endpoint": "%s", "region": "%s", "bucket": "%s", "prefix": "%s", "access_key": "%s",
                            "secret_key": "%s", "path_template": "{path}", "request_timeout_seconds": %d}}""".formatted(
                        provider,
                        limits,
                        proxy.endpoint(),
                        s3.region(),
                        MigrationJob.BUCKET,
                        prefix,
                        s3.accessKey(),
                        s3.secretKey(),
                        patience);
    }
}
