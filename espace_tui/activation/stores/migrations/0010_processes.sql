-- The processes that run, with the keys each holds: `espace_tui.activation.records.presence`.
CREATE TABLE process (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    present_key TEXT NOT NULL,
    keys TEXT NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX process_age ON process (seen_at);
