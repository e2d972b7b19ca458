package io.hermes.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.local.LocalStoreFactory;
import io.hermes.worker.testing.SmallWorker;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What is refused, and how, is tested where it is decided: in the storage library. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class FileNamesTest {

    @Inject
    BeanManager beans;

    @Test
    void theEncodingOfFileNamesIsCheckedWhenTheServiceStarts() {
        assertThat(beans.resolveObserverMethods(new StartupEvent()))
                .extracting(ObserverMethod::getBeanClass)
                .contains(LocalStoreFactory.class);
    }
}
