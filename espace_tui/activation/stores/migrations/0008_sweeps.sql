-- An index for each end, so that a sweep finds what has ended without reading what has not.
CREATE INDEX flow_end ON flow (expires_at);

CREATE INDEX reset_end ON reset (expires_at);

CREATE INDEX session_idle ON session (idle_at);

CREATE INDEX session_end ON session (ends_at);

CREATE INDEX dead_letter_age ON dead_letter (died_at);

CREATE INDEX campaign_age ON campaign (moved_at);
