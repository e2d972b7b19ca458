-- Who changed what. Rows are only ever added.

CREATE TABLE audit_events (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at  TIMESTAMPTZ  NOT NULL DEFAULT now(),
    actor        VARCHAR(200) NOT NULL,
    action       VARCHAR(100) NOT NULL,
    target       VARCHAR(200),
    target_name  VARCHAR(200),
    outcome      VARCHAR(20)  NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
    status       INTEGER,
    code         VARCHAR(100),
    state_before JSONB,
    state_after  JSONB
);

COMMENT ON TABLE audit_events IS 'Every call that changed something or was refused it; written in the transaction of the change';
COMMENT ON COLUMN audit_events.target IS 'UUID of the provider; of a refused call what its path named';
COMMENT ON COLUMN audit_events.state_before IS 'What was different before; of a secret only that there was one';

CREATE INDEX idx_audit_events_target ON audit_events (target, id);
CREATE INDEX idx_audit_events_actor ON audit_events (actor, id);

CREATE FUNCTION refuse_to_change_the_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_events is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit();
CREATE TRIGGER audit_events_keep_all BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit();
