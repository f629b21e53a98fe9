"""What makes a page quick on its first visit: words of claims and events, names of events, and events in short.

All is filled from what is kept: from the claims, and from the events as they were gathered last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_AT_ONCE = 2000  # claims or events that are held in memory at a time
_LONGEST = 32  # code points of a word that the indexes of words hold
_IN_SHORT: dict[str, object] = {"places": [], "start": None, "end": None, "origins": 1, "grade": "weak"}


def upgrade() -> None:
    """Makes the tables, the column and the indexes, and fills them from what is kept."""
    _make_terms(
        "claim_term",
        sa.Column("reading", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
    )
    _make_terms("event_term", sa.Column("event", sa.String(64), nullable=False))
    op.create_table(
        "event_name",
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("field", "folded", name="pk_event_name"),
        sqlite_with_rowid=False,
    )
    op.add_column("event", sa.Column("brief", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    connection = op.get_bind()
    connection.execute(sa.text("INSERT INTO event_name (field, folded) SELECT DISTINCT field, folded FROM event_value"))
    _fill_claim_terms(connection)
    _fill_events(connection)
    _make_indexes()


def _make_indexes() -> None:
    """Indexes that hold all that a question asks for, some in the place of others that did not."""
    for name, table in (
        ("ix_event_origins_start", "event"),
        ("ix_report_current_id", "report"),
        ("ix_report_current_outlet", "report"),
    ):
        op.drop_index(name, table)
    for table, columns in (
        ("event", ["origins", "start", "id"]),
        ("entity_name", ["name", "entity"]),
        ("entity_name", ["folded", "entity"]),
        ("report", ["current", "id", "outlet", "agency"]),
        ("report", ["current", "outlet", "published", "digest"]),
        ("reading", ["report", "current", "claims"]),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _make_terms(name: str, *keys: sa.Column[Any]) -> None:
    columns = ["term", *(column.name for column in keys)]
    op.create_table(
        name,
        sa.Column("term", sa.Text(), nullable=False),
        *keys,
        sa.PrimaryKeyConstraint(*columns, name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


def _fill_claim_terms(connection: sa.Connection) -> None:
    query = sa.text("SELECT reading, rank, folded FROM claim ORDER BY reading, rank")
    keep = sa.text("INSERT INTO claim_term (term, reading, rank) VALUES (:term, :reading, :rank)")
    for rows in connection.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions():
        terms = [
            {"term": term, "reading": row.reading, "rank": row.rank}
            for row in rows
            for term in dict.fromkeys(word[:_LONGEST] for word in row.folded.split())
        ]
        _execute(connection, keep, terms)


def _fill_events(connection: sa.Connection) -> None:
    ids = connection.execute(sa.text("SELECT id FROM event ORDER BY id")).scalars().all()
    claims = sa.text(
        "SELECT event_claim.event, claim.folded FROM event_claim JOIN event_traits "
        "ON event_traits.claim = event_claim.claim JOIN claim "
        "ON claim.reading = event_traits.reading AND claim.rank = event_traits.rank "
        "WHERE event_claim.event >= :first AND event_claim.event <= :last"
    )
    records = sa.text("SELECT id, record FROM event WHERE id >= :first AND id <= :last")
    for at in range(0, len(ids), _AT_ONCE):
        some = {"first": ids[at], "last": ids[min(at + _AT_ONCE, len(ids)) - 1]}
        found = connection.execute(claims, some).all()
        terms = {(word[:_LONGEST], row.event) for row in found for word in row.folded.split()}
        keep = sa.text("INSERT INTO event_term (term, event) VALUES (:term, :event)")
        _execute(connection, keep, [{"term": term, "event": event} for term, event in sorted(terms)])
        briefs = [{"_id": row.id, "_brief": _in_short(row.record)} for row in connection.execute(records, some).all()]
        _execute(connection, sa.text("UPDATE event SET brief = :_brief WHERE id = :_id"), briefs)


def _in_short(record: bytes) -> bytes:
    event = msgspec.json.decode(record)
    named = {name: event.get(name, without) for name, without in _IN_SHORT.items()}
    return msgspec.json.encode({"id": event["id"], "type": event["type"], **named})


def _execute(connection: sa.Connection, statement: sa.TextClause, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
