package io.hermes.systemtests;

import io.hermes.stack.StackDescription;
import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.proof.BucketReader;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.systemtests.oracle.Bucket;
import io.hermes.systemtests.oracle.Folder;
import io.hermes.systemtests.oracle.Store;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Two providers of one trial, registered, and the same places as the verifier sees them. What the services say to the bucket goes
 * through the proxy; what the verifier asks does not.
 */
record Route(String sourceProvider, String destProvider, Store source, Store destination, FaultProxy proxy) {

    private static final String PROVIDERS = "/api/v2/providers";

    /** From this folder to a place of its own in the bucket. */
    static Route toBucket(StackDescription stack, String name, Path folder) throws IOException, InterruptedException {
        FaultProxy proxy = FaultProxy.before(stack.s3().endpoint());
        Rest registry = new Rest(stack.registry().url(), stack.token());
        String source = "folder-" + name;
        String destination = "bucket-" + name;
        registry.post(PROVIDERS, folder(source, folder, false));
        registry.post(PROVIDERS, bucket(destination, stack.s3(), proxy, name, true));
        BucketReader reader = new BucketReader(stack.s3(), MigrationJob.BUCKET);
        return new Route(source, destination, new Folder(folder), new Bucket(reader, name + "/"), proxy);
    }

    private static String folder(String provider, Path root, boolean writable) {
        return """
                {"providerName": "%s", "providerType": "local", "isPrimary": false, "isWritable": %s,
                 "config": {"base_path": "%s"}}""".formatted(provider, writable, root);
    }

    private static String bucket(
            String provider, StackDescription.S3Node s3, FaultProxy proxy, String prefix, boolean writable) {
        return """
                {"providerName": "%s", "providerType": "s3", "isPrimary": false, "isWritable": %s,
                 "config": {"endpoint": "%s", "region": "%s", "bucket": "%s", "prefix": "%s",
                            "access_key": "%s", "secret_key": "%s", "path_template": "{path}"}}""".formatted(
                        provider,
                        writable,
                        proxy.endpoint(),
                        s3.region(),
                        MigrationJob.BUCKET,
                        prefix,
                        s3.accessKey(),
                        s3.secretKey());
    }
}
