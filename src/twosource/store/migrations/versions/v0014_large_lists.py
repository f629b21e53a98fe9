"""What lists of large projects are quickly made from: long times apart, sizes and likelihoods in columns, and takings.

Nothing is read, compared or gathered anew: all of it is worked out from what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from twosource.store import takings

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_AT_ONCE = 2000  # rows that are held in memory at a time
_LONGEST = 31  # days of a time that is not long
_INDEXES = {
    "claim": (["start", "end", "reading", "rank", "current"], "ix_claim_start"),
    "event": (["start", "end", "number"], "ix_event_start"),
}


class _Outline(msgspec.Struct):
    likelihood: float = 0.0


_outline = msgspec.json.Decoder(_Outline)


def upgrade() -> None:
    """Makes the columns, the table and the indexes, and fills them from what is kept."""
    for table, (columns, before) in _INDEXES.items():
        op.add_column(table, _false("lasting"))
        marked = sa.table(table, sa.column("lasting"))
        op.execute(sa.update(marked).where(sa.text(_is_long())).values(lasting=sa.true()))
        op.drop_index(before, table)
        op.create_index(f"ix_{table}_lasting_start", table, ["lasting", *columns])
    _make_counts()
    _make_lineage()
    _make_dependence()
    _make_taking()


def _is_long() -> str:
    """Whether a row's time is open at one end, or longer than a month, in the words of the database."""
    if op.get_bind().dialect.name == "postgresql":
        long = f'"end" - start >= {_LONGEST}'
    else:
        long = f'julianday("end") - julianday(start) >= {_LONGEST}'
    return f'(start IS NULL AND "end" IS NOT NULL) OR (start IS NOT NULL AND "end" IS NULL) OR {long}'


def _false(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _make_counts() -> None:
    op.add_column("report", sa.Column("claims", sa.Integer(), nullable=False, server_default=sa.text("0")))
    report = sa.table("report", sa.column("digest"), sa.column("claims"))
    reading = sa.table("reading", sa.column("report"), sa.column("current", sa.Boolean()), sa.column("claims"))
    held = sa.select(reading.c.claims).where(reading.c.report == report.c.digest, reading.c.current).scalar_subquery()
    op.execute(sa.update(report).values(claims=sa.func.coalesce(held, 0)))
    op.drop_index("ix_report_current_outlet_published_digest", "report")
    op.create_index("ix_report_current_outlet_published_claims", "report", ["current", "outlet", "published", "claims"])
    op.drop_index("ix_entity_generic_reports", "entity")
    op.create_index("ix_entity_generic_reports_claims", "entity", ["generic", "reports", "claims"])


def _make_lineage() -> None:
    op.add_column("lineage", sa.Column("first", sa.Text(), nullable=False, server_default=sa.text("''")))
    keep = sa.text("UPDATE lineage SET first = :_first WHERE id = :_id")
    for rows in _some("SELECT id, record FROM lineage"):
        firsts = [{"_id": row.id, "_first": msgspec.json.decode(row.record)["reports"][0]} for row in rows]
        op.get_bind().execute(keep, firsts)
    op.create_index("ix_lineage_reports_first", "lineage", ["reports", "first"])


def _make_dependence() -> None:
    op.add_column("dependence", sa.Column("likelihood", sa.Float(), nullable=False, server_default=sa.text("0")))
    keep = sa.text("UPDATE dependence SET likelihood = :_likelihood WHERE first = :_first AND second = :_second")
    for rows in _some("SELECT first, second, record FROM dependence"):
        found = [
            {"_first": row.first, "_second": row.second, "_likelihood": _outline.decode(row.record).likelihood}
            for row in rows
        ]
        op.get_bind().execute(keep, found)
    op.create_index("ix_dependence_likelihood", "dependence", ["likelihood"])


def _make_taking() -> None:
    op.create_table(
        "taking",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.PrimaryKeyConstraint("report", "origin", name="pk_taking"),
    )
    takings.keep_takings(op.get_bind())
    op.create_index("ix_taking_outlet_origin", "taking", ["outlet", "origin"])


def _some(query: str) -> Iterator[list[Any]]:
    """The rows of a query, some at a time, all of them read before the first is changed."""
    rows = op.get_bind().execute(sa.text(query)).all()
    for at in range(0, len(rows), _AT_ONCE):
        yield list(rows[at : at + _AT_ONCE])
