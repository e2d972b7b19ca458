package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import java.util.List;
import java.util.function.UnaryOperator;

/** A way in which a store can be wrong, and the tests that must notice. */
enum Defect {
    NONE(store -> store),
    DROPS_THE_PRECONDITION_OF_A_WRITE(
            BrokenStores::withoutPreconditions,
            "ifAbsentNeverReplaces",
            "oneOfTwoWritersWins",
            "ifMatchesReplacesThatRevisionOnly"),
    CHECKS_ABSENCE_BEFORE_IT_WRITES(BrokenStores::checkingFirst, "oneOfTwoWritersWins"),
    DELETES_WHATEVER_REVISION(
            BrokenStores::deletingAnything, "deletesThatRevisionOnly", "anotherDocumentUnderTheKeyOfADeletedOneStays"),
    FAILS_TO_DELETE_TWICE(BrokenStores::deletingOnce, "deletesAsOftenAsAsked"),
    SKIPS_THE_LENGTH_CHECK(BrokenStores::takingAnyLength, "aSourceThatGrowsOrShrinksLeavesNothing"),
    IGNORES_THE_HASH(BrokenStores::takingAnyHash, "otherBytesThanHashedLeaveNothing"),
    FLIPS_A_BIT(BrokenStores::flipping, "keepsAWholeDocumentOfAnySize", "everyByteComesBack"),
    SHOWS_WHAT_IS_HALF_WRITTEN(
            BrokenStores::showingHalves,
            "aReaderFindsNothingUntilTheDocumentIsWhole",
            "aReaderFindsTheOldDocumentUntilTheNewOneIsWhole"),
    EMPTIES_BEFORE_IT_WRITES(BrokenStores::emptyingFirst, "aReaderFindsTheOldDocumentUntilTheNewOneIsWhole"),
    READS_A_SOURCE_TWICE(BrokenStores::readingTwice, "asksASourceOnceForItsBytes"),
    ACTS_BEFORE_IT_IS_ASKED(
            BrokenStores::eager, "looksWhenSubscribed", "writesWhenSubscribed", "deletesWhenSubscribed"),
    REMEMBERS_ITS_FIRST_ANSWER(
            BrokenStores::remembering, "looksAgainWithEachSubscription", "writesWithEachSubscription"),
    LISTS_A_PAGE_TWICE(BrokenStores::listingTwice, "pagesHoldEveryKeyOnce"),
    LOSES_THE_LAST_PAGE(
            BrokenStores::losingTheLastPage, "pagesHoldEveryKeyOnce", "moreThanAThousandKeysComeOnceAndInAStableOrder"),
    LISTS_NEIGHBOURS_OF_A_PREFIX(BrokenStores::listingNeighbours, "aPrefixEndsAtASlash"),
    TRIMS_NAMES(
            BrokenStores::trimming, "keepsEveryNameOrRefusesIt", "namesThatLookTheSameAreTwoDocumentsOrOneIsRefused"),
    FOLDS_CASE(BrokenStores::folding, "namesThatLookTheSameAreTwoDocumentsOrOneIsRefused"),
    IGNORES_DEMAND(BrokenStores::ignoringDemand, "aStreamWaitsForDemandAndCanBeLeft"),
    IGNORES_THE_PINNED_REVISION(BrokenStores::readingWhatIsThere, "readsAPinnedRevisionOrFails"),
    LOSES_METADATA_IN_SILENCE(
            BrokenStores::losingMetadata, "everythingKnownIsKeptOrNamed", "timesAreKeptToTheNanosecond"),
    SHOWS_A_SECRET(BrokenStores::showingSecrets, "noErrorShowsASecretOrADocument"),
    THROWS_WHAT_IS_NOT_OURS(
            BrokenStores::throwingOthers, "aDocumentThatIsNotThereIsNotFound", "everyErrorIsOursAndNamesWhatWasAsked"),
    CALLS_EVERY_ERROR_UNAVAILABLE(
            BrokenStores::unavailable, "ifAbsentNeverReplaces", "aDocumentThatIsNotThereIsNotFound"),
    CLAIMS_WHAT_IT_CANNOT_DO(BrokenStores::boasting, "measuresWhatTheStoreDeclares"),
    GOES_ON_WHEN_CLOSED(BrokenStores::neverClosed, "aClosedStoreRefusesInItsOwnWords"),
    RESTORES_THE_NEWEST(BrokenStores::restoringTheNewest, "restoresBytesAndMetadataAsANewRevision");

    private final UnaryOperator<DocumentStore> breaking;
    private final List<String> caughtBy;

    Defect(UnaryOperator<DocumentStore> breaking, String... caughtBy) {
        this.breaking = breaking;
        this.caughtBy = List.of(caughtBy);
    }

    DocumentStore in(DocumentStore sound) {
        return breaking.apply(sound);
    }

    List<String> caughtBy() {
        return caughtBy;
    }
}
