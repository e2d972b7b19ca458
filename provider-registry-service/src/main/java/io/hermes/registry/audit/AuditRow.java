package io.hermes.registry.audit;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code audit_events}. */
@Entity
@Immutable
@Table(name = "audit_events")
class AuditRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    /** The database's clock. */
    @Column(insertable = false)
    Instant happenedAt;

    String actor;
    String action;
    String target;
    String targetName;
    String outcome;
    Integer status;
    String code;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, JsonNode> stateBefore;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, JsonNode> stateAfter;
}
