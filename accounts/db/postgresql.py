"""History that refuses to change, on PostgreSQL: row triggers, which TRUNCATE passes by, so that
Django's `flush` and the clean-up after tests still empty the table."""

PROTECT_HISTORY = """
CREATE FUNCTION accounts_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'History is append-only.' USING ERRCODE = 'restrict_violation'; END
$$;
CREATE TRIGGER accounts_history_append_only BEFORE UPDATE OR DELETE ON accounts_history
FOR EACH ROW EXECUTE FUNCTION accounts_history_is_append_only()
"""
UNPROTECT_HISTORY = """
DROP TRIGGER accounts_history_append_only ON accounts_history;
DROP FUNCTION accounts_history_is_append_only()
"""
