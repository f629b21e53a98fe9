"""What the desk's pages of large projects are quickly made from: claims by day, and each name that claims have once."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT_ONCE = 5000  # readings whose claims are held in memory at a time


def upgrade() -> None:
    """Makes the columns, the table and the indexes, and fills them from what is kept."""
    op.add_column("claim", sa.Column("current", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("claim", sa.Column("published", sa.Date()))
    op.add_column("claim", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "claim_name",
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("field", "folded", name="pk_claim_name"),
        sqlite_with_rowid=False,
    )
    _fill(op.get_bind())
    _make_indexes()


def _make_indexes() -> None:
    for name, table, columns in (
        ("ix_claim_type", "claim", None),
        ("ix_claim_start", "claim", None),
        ("ix_claim_start", "claim", ["start", "end", "reading", "rank", "current"]),
        ("ix_claim_published", "claim", ["published", "reading", "rank", "current"]),
        ("ix_claim_type_published", "claim", ["type", "published", "reading", "rank", "current"]),
        ("ix_claim_status_published", "claim", ["status", "published", "reading", "rank", "current"]),
        ("ix_claim_counted_published", "claim", ["counted", "published", "reading", "rank", "current"]),
        ("ix_claim_value_field_folded", "claim_value", None),
        ("ix_claim_value_field_folded", "claim_value", ["field", "folded", "reading", "rank"]),
        ("ix_event_value_field_folded", "event_value", None),
        ("ix_event_value_field_folded", "event_value", ["field", "folded", "event"]),
        ("ix_event_start", "event", None),
        ("ix_event_start", "event", ["start", "end", "id"]),
        ("ix_event_traits_reading", "event_traits", ["reading", "rank", "claim"]),
        ("ix_event_origins_start", "event", ["origins", "start"]),
        ("ix_report_current_outlet", "report", ["current", "outlet", "published"]),
        ("ix_report_current_agency", "report", ["current", "agency", "outlet"]),
        ("ix_reading_claims", "reading", ["claims", "issues", "current"]),
        ("ix_issue_reading", "issue", None),
        ("ix_issue_reading", "issue", ["reading", "current"]),
    ):
        if columns is None:
            op.drop_index(name, table)
        else:
            op.create_index(name, table, columns)


def _fill(connection: sa.Connection) -> None:
    connection.execute(sa.text("INSERT INTO claim_name (field, folded) SELECT DISTINCT field, folded FROM claim_value"))
    connection.execute(
        sa.text(
            "UPDATE claim SET published = (SELECT report.published FROM reading JOIN report "
            "ON reading.report = report.digest WHERE reading.number = claim.reading)"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE claim SET current = :no WHERE reading IN (SELECT reading.number FROM reading JOIN report "
            "ON reading.report = report.digest WHERE NOT (reading.current AND report.current))"
        ),
        {"no": False},
    )
    last = connection.execute(sa.text("SELECT coalesce(max(number), 0) FROM reading")).scalar_one()
    for first in range(0, last + 1, _AT_ONCE):
        _mark_counted(connection, first, first + _AT_ONCE)


def _mark_counted(connection: sa.Connection, first: int, end: int) -> None:
    """Marks the claims with figures of the readings from ``first`` on, before ``end``."""
    query = sa.text("SELECT reading, rank, record FROM claim WHERE reading >= :first AND reading < :end")
    counted = [
        {"reading": row.reading, "rank": row.rank}
        for row in connection.execute(query, {"first": first, "end": end}).all()
        if msgspec.json.decode(row.record).get("figures")
    ]
    if counted:
        marking = sa.text("UPDATE claim SET counted = :yes WHERE reading = :reading AND rank = :rank")
        connection.execute(marking, [{**one, "yes": True} for one in counted])
