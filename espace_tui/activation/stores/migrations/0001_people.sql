-- Instants are whole seconds since 1970, UTC. A column named …_tag or …_digest holds a keyed HMAC
-- or the digest of a random token, `sealed` holds JSON sealed with a key kept outside the store.
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    nir_tag TEXT NOT NULL UNIQUE,
    card_tag TEXT NOT NULL,
    sealed TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('invited', 'opened', 'active', 'opposed', 'closed')),
    terms TEXT NOT NULL DEFAULT '',
    informed_at INTEGER NOT NULL,
    decided_at INTEGER NOT NULL
) STRICT;

CREATE INDEX person_due ON person (informed_at) WHERE status = 'invited';

CREATE TABLE invitation (
    person TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE INDEX invitation_expiry ON invitation (expires_at) WHERE hash <> '';

CREATE TABLE flow (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL UNIQUE REFERENCES person ON DELETE CASCADE,
    invitation TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    revision INTEGER NOT NULL,
    stage INTEGER NOT NULL,
    last_step TEXT NOT NULL DEFAULT '',
    terms TEXT NOT NULL DEFAULT '',
    sealed TEXT NOT NULL DEFAULT '',
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credential (
    identifier_tag TEXT PRIMARY KEY,
    person TEXT NOT NULL UNIQUE REFERENCES person ON DELETE CASCADE,
    sealed TEXT NOT NULL,
    hash TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE code_request (
    id TEXT PRIMARY KEY,
    token_digest TEXT NOT NULL,
    purpose TEXT NOT NULL,
    person TEXT REFERENCES person ON DELETE CASCADE,
    subject TEXT NOT NULL,
    flow TEXT NOT NULL,
    sealed TEXT NOT NULL,
    code_tag TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE INDEX code_request_expiry ON code_request (expires_at);

CREATE INDEX code_request_person ON code_request (person);

CREATE TABLE reset (
    token_digest TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE INDEX reset_person ON reset (person);

CREATE TABLE session (
    token_digest TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
    idle_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_person ON session (person);

CREATE TABLE failure (
    subject TEXT NOT NULL,
    authenticator TEXT NOT NULL,
    failures INTEGER NOT NULL,
    open_at INTEGER NOT NULL,
    PRIMARY KEY (subject, authenticator)
) STRICT;

CREATE TABLE sending (
    subject TEXT PRIMARY KEY,
    t1 INTEGER NOT NULL,
    t2 INTEGER NOT NULL,
    t3 INTEGER NOT NULL,
    t4 INTEGER NOT NULL,
    t5 INTEGER NOT NULL
) STRICT;

CREATE INDEX sending_age ON sending (t1);

CREATE TABLE ceiling (
    hour INTEGER PRIMARY KEY,
    sent INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    sealed TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
