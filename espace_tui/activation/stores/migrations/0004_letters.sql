-- Letters go by channel, those that a person waits for first; `ends_at` is when one is of no more
-- use; `informs` is the person whose six weeks start when it goes. A letter that could not go is kept
-- apart, for the operator; sealed unless it held a code that has ended.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';

ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

ALTER TABLE outbox ADD COLUMN ends_at INTEGER;

ALTER TABLE outbox ADD COLUMN informs TEXT;

CREATE INDEX outbox_way ON outbox (channel, urgent, due_at);

CREATE INDEX outbox_informs ON outbox (informs) WHERE informs IS NOT NULL;

CREATE TABLE dead_letter (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    reason TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    ends_at INTEGER,
    informs TEXT,
    died_at INTEGER NOT NULL,
    sealed TEXT NOT NULL
) STRICT;

CREATE INDEX dead_letter_end ON dead_letter (ends_at) WHERE sealed <> '';

CREATE INDEX dead_letter_informs ON dead_letter (informs) WHERE informs IS NOT NULL;
