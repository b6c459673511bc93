-- Who acted in somebody's place, and why; the trail of one person is found without reading it whole.
ALTER TABLE audit ADD COLUMN operator TEXT NOT NULL DEFAULT '';

ALTER TABLE audit ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE INDEX audit_subject ON audit (subject, id);

CREATE INDEX audit_age ON audit (at);
