"""Of which claim the id of each event is made: what the address of an event that is no more is told by.

Which events there once were isn't known any more, so that every claim that was ever read is taken for the first of one,
and every claim of an event that stands, which a person may have added.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from twosource.ids import make_id

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT_ONCE = 5000  # ids that are held in memory at a time


def upgrade() -> None:
    """Makes the table and fills it."""
    op.create_table(
        "event_first",
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("claim", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_event_first"),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    query = sa.text("SELECT id FROM claim UNION SELECT claim FROM event_claim")
    keep = sa.text("INSERT INTO event_first (event, claim) VALUES (:event, :claim) ON CONFLICT DO NOTHING")
    for ids in connection.execute(query, execution_options={"yield_per": _AT_ONCE}).scalars().partitions():
        connection.execute(keep, [{"event": make_id("event", id_), "claim": id_} for id_ in ids])
