-- What a hash looks like is asked whenever a row of an item is written, whatever is changed in it, and a pattern cost more than all else of
-- an update: PostgreSQL builds the automaton of each match anew, a state for each of the 64 digits.
CREATE FUNCTION is_sha256(hash TEXT) RETURNS BOOLEAN
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN length(hash) = 64 AND btrim(hash, '0123456789abcdef') = '';

ALTER TABLE migration_items
    DROP CONSTRAINT migration_items_source_content_hash_check,
    DROP CONSTRAINT migration_items_dest_content_hash_check,
    ADD CONSTRAINT hashes_are_sha256 CHECK (is_sha256(source_content_hash) AND is_sha256(dest_content_hash));

ALTER TABLE document_copies
    DROP CONSTRAINT document_copies_sha256_check,
    ADD CONSTRAINT document_copies_sha256_check CHECK (is_sha256(sha256));
