package io.hermes.orchestrator.job;

import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.validate.Extras;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * The definition of a job: what its user said. Status and times are the database's and are only read here, for filters; every
 * transition is plain SQL. What is null is left to the column's default. What may change is
 * changed by {@link JobChanges}, which raises {@code version}: it counts what users change.
 */
@Entity
@DynamicInsert
@DynamicUpdate
@Table(name = "migration_jobs")
class JobEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "job_uuid", updatable = false)
    UUID jobUuid;

    long version = 1;

    @Column(name = "job_name")
    String jobName;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    Map<String, String> labels;

    @Column(name = "source_provider_uuid", updatable = false)
    UUID sourceProviderUuid;

    @Column(name = "source_provider_id", updatable = false)
    long sourceProviderId;

    @Column(name = "source_provider_name", updatable = false)
    String sourceProviderName;

    @Column(name = "dest_provider_uuid", updatable = false)
    UUID destProviderUuid;

    @Column(name = "dest_provider_id", updatable = false)
    long destProviderId;

    @Column(name = "dest_provider_name", updatable = false)
    String destProviderName;

    @Column(updatable = false)
    String strategy;

    @Column(name = "conflict_policy", updatable = false)
    String conflictPolicy;

    @Column(updatable = false)
    String verify;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "filter_criteria", updatable = false)
    FilterCriteria filterCriteria;

    /** Thousands of them, which only the planner reads: never part of a query here. */
    @Column(name = "document_uuids", updatable = false)
    UUID[] documentUuids;

    /** The same goes for these. */
    @Column(name = "document_keys", updatable = false)
    String[] documentKeys;

    @Column(name = "selected_by", updatable = false)
    String selectedBy;

    @Column(name = "selected_documents", updatable = false)
    Integer selectedDocuments;

    @Column(name = "failed_of", updatable = false)
    UUID failedOf;

    @Column(name = "cloned_from", updatable = false)
    UUID clonedFrom;

    @Column(updatable = false)
    int concurrency;

    @Column(name = "dispatch_window", updatable = false)
    Integer dispatchWindow;

    @Column(name = "batch_size", updatable = false)
    int batchSize;

    @Column(name = "max_attempts", updatable = false)
    int maxAttempts;

    @Column(name = "max_failures", updatable = false)
    String maxFailures;

    @Column(name = "dry_run", updatable = false)
    boolean dryRun;

    @Column(name = "validate_after_migration", updatable = false)
    boolean validate;

    @Column(name = "rollback_enabled", updatable = false)
    boolean rollbackEnabled;

    @Column(name = "schedule_type", updatable = false)
    String scheduleType = "manual";

    @Column(name = "created_by", updatable = false)
    String createdBy;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Column(insertable = false, updatable = false)
    String status;

    /** Set by the purge; such a job is gone for everybody. */
    @Column(name = "purging_at", insertable = false, updatable = false)
    Instant purgingAt;

    /** For Hibernate. */
    protected JobEntity() {}

    JobEntity(UUID jobUuid, NewJob wish, Route route, Selection selection) {
        CreateJob request = wish.request();
        this.jobUuid = jobUuid;
        createdBy = wish.createdBy();
        clonedFrom = wish.clonedFrom().orElse(null);
        jobName = request.jobName();
        labels = request.labels();
        sourceProviderUuid = route.source().providerUuid();
        sourceProviderId = route.source().id();
        sourceProviderName = route.source().providerName();
        destProviderUuid = route.destination().providerUuid();
        destProviderId = route.destination().id();
        destProviderName = route.destination().providerName();
        strategy = request.strategy().word();
        conflictPolicy = request.conflictPolicy().word();
        verify = request.verify().word();
        filterCriteria = request.filterCriteria();
        selectedBy = selection.word();
        switch (selection) {
            case Selection.Criteria criteria -> {}
            case Selection.Listed listed -> {}
            case Selection.Documents documents -> {
                documentUuids = documents.uuids().toArray(UUID[]::new);
                selectedDocuments = documentUuids.length;
            }
            case Selection.Keys named -> {
                documentKeys = named.keys().toArray(String[]::new);
                selectedDocuments = documentKeys.length;
                failedOf = named.failedOf().orElse(null);
            }
        }
        boolean comparison = request.strategy() == Strategy.VERIFY;
        concurrency = request.concurrency();
        dispatchWindow = request.dispatchWindow();
        batchSize = request.batchSize();
        maxAttempts = request.maxAttempts();
        maxFailures =
                request.maxFailures() == null ? null : request.maxFailures().text();
        dryRun = request.dryRun();
        validate = request.validate() && (!comparison || tellsExtras(request, route, selection));
        rollbackEnabled = request.rollbackEnabled() && !comparison;
    }

    /** A part of the source says nothing about what the destination may hold beside it. */
    private static boolean tellsExtras(CreateJob request, Route route, Selection selection) {
        return selection instanceof Selection.Criteria
                && Extras.canBeTold(request.filterCriteria(), route.destination());
    }
}
