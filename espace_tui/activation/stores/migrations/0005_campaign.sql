-- How far each file of people was read, by its digest: moved in the transaction of the invitations.
CREATE TABLE campaign (
    digest TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    line INTEGER NOT NULL,
    invited INTEGER NOT NULL,
    known INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    moved_at INTEGER NOT NULL
) STRICT;
