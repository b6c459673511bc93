-- A request for a one-time code has an end that sending again does not move; failures are forgotten
-- a while after the first; those who proved something and those who did not have a ceiling each;
-- `held_at` is when somebody was told that their space is not opened, for too many attempts.
ALTER TABLE code_request ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0;

ALTER TABLE failure ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

UPDATE failure SET since = open_at;

CREATE INDEX failure_age ON failure (since);

ALTER TABLE ceiling ADD COLUMN unproved INTEGER NOT NULL DEFAULT 0;

ALTER TABLE person ADD COLUMN held_at INTEGER;
