package io.hermes.orchestrator.view;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.PlansTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people look at while a job runs reads no more than it shows. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class ItemPlansTest extends PlansTest {

    private static final int PAGE = 100;
    private static final int COUNTED_ERRORS = 10_000;
    private static final String[] EVERY = ItemStatus.words(Optional.empty());

    @Test
    void pagesAndProgressReadNoMoreThanTheyShow() {
        reads("idx_migration_items_status", EVERY.length * PAGE, ItemViews.PAGE, Tuple.from(new Object[] {
            big, EVERY, 0L, null, null, PAGE
        }));
        reads("idx_migration_items_failed", COUNTED_ERRORS, ProgressViews.PROGRESS, Tuple.of(big));
        assertAll();
    }
}
