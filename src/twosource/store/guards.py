"""What the database itself refuses: an entry in the log of decisions is never changed and never taken out."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["guard_decisions"]

_GUARDS = {
    "sqlite": (
        "CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision "
        "BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END",
        "CREATE TRIGGER decision_is_never_taken_out BEFORE DELETE ON decision "
        "BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION decision_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'decisions are only added'; END $$",
        "CREATE TRIGGER decision_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON decision "
        "FOR EACH STATEMENT EXECUTE FUNCTION decision_refuses()",
    ),
}


def guard_decisions(connection: Connection) -> None:
    """Makes the triggers that guard the log; its table must be there."""
    for statement in _GUARDS.get(connection.dialect.name, ()):
        connection.exec_driver_sql(statement)
