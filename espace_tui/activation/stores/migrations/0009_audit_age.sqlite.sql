-- The trail only grows: only a sweep that says so erases a line, and none of less than a year.
DROP TRIGGER audit_no_delete;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
WHEN OLD.at >= CAST(strftime('%s', 'now') AS INTEGER) - 31536000
    OR NOT EXISTS (SELECT 1 FROM mark WHERE name = 'audit-sweep')
BEGIN SELECT RAISE(ABORT, 'the audit trail can only grow'); END;
