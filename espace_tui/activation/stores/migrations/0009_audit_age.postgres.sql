-- The trail only grows: only a sweep that says so erases a line, and none of less than a year.
CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.at < extract(epoch FROM now()) - 31536000
        AND EXISTS (SELECT 1 FROM mark WHERE name = 'audit-sweep')
    THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'the audit trail can only grow';
END $$;

DROP TRIGGER audit_only_grows ON audit;

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_kept();
