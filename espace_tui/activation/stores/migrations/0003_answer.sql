-- The answers of the last day, by the digest of their caller's key: `espace_tui.service.idempotency`.
CREATE TABLE answer (
    key_digest TEXT PRIMARY KEY,
    request_tag TEXT NOT NULL,
    sealed TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;

CREATE INDEX answer_age ON answer (kept_at);
