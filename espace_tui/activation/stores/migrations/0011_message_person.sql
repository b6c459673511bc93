-- Whom a message is for, so that an operator knows and that it is erased with them.
ALTER TABLE outbox ADD COLUMN person TEXT;

ALTER TABLE dead_letter ADD COLUMN person TEXT;

UPDATE outbox SET person = informs WHERE informs IS NOT NULL;

UPDATE dead_letter SET person = informs WHERE informs IS NOT NULL;

CREATE INDEX outbox_person ON outbox (person);

CREATE INDEX dead_letter_person ON dead_letter (person);
