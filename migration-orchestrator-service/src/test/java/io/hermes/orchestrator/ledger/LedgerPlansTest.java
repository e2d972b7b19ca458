package io.hermes.orchestrator.ledger;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.PlansTest;
import io.hermes.orchestrator.view.ItemStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A page of the ledger costs the same at its end as at its beginning. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class LedgerPlansTest extends PlansTest {

    private static final int PAGE = 500;
    private static final String[] EVERY = ItemStatus.words(Optional.empty());

    @Test
    void aPageReadsNoMoreThanItself() {
        reads("idx_migration_items_status", EVERY.length, Ledger.LAST, Tuple.of(big, EVERY));
        reads("idx_migration_items_status", EVERY.length * PAGE, Ledger.NEXT, Tuple.from(new Object[] {
            big, EVERY, 0L, Long.MAX_VALUE, null, null, PAGE
        }));
        assertAll();
    }
}
