-- Unique keys are kept in their order and no longer scattered by their hashes: documents are planned, copied and looked for in the order of
-- a listing, so that an index is written where it was written just before. And no statement computes a hash for each document any more.
--
-- PostgreSQL puts the body of this function in the place of a call, which it cannot do with key_hash. Keys of up to 200 characters are
-- their own entries; the entry of a longer one has 264, so that no key is the entry of another.
CREATE FUNCTION key_entry(key TEXT) RETURNS TEXT
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN char_length(key) <= 200 THEN key ELSE left(key, 200) || encode(key_hash(key), 'hex') END;

DROP INDEX idx_migration_items_key;
CREATE UNIQUE INDEX idx_migration_items_key ON migration_items (migration_job_id, key_entry(source_provider_id));

DROP INDEX idx_document_copies_key;
CREATE UNIQUE INDEX idx_document_copies_key ON document_copies
    (source_provider_uuid, dest_provider_uuid, key_entry(source_key), key_entry(dest_key));
