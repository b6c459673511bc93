-- What opens the way to a new password when strangers used up its codes:
-- `espace_tui.activation.records.recovery_key`. A person has one at most.
CREATE TABLE recovery_key (
    person TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    code_tag TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX recovery_key_expiry ON recovery_key (expires_at);
