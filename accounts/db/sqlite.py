"""History that refuses to change, on SQLite.

There is no trigger on DELETE: Django empties tables row by row here (`flush`, and after each test
that commits), where PostgreSQL truncates. SQLite also drops a table's triggers when a migration
rebuilds the table: one that alters History must end with `protect_history` again.
"""

PROTECT_HISTORY = """
CREATE TRIGGER accounts_history_append_only BEFORE UPDATE ON accounts_history
BEGIN SELECT RAISE(ABORT, 'History is append-only.'); END
"""
UNPROTECT_HISTORY = "DROP TRIGGER accounts_history_append_only"
