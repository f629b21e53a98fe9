"""Events with their accounts, and what they are gathered by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    _make_traits()
    _make_links()
    _make_event()


def _make_traits() -> None:
    op.create_table(
        "event_reading",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("lineages", sa.Text(), nullable=False),
        sa.Column("decided", sa.String(64), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_event_reading"),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name="fk_event_reading_reading"),
    )
    op.create_index("ix_event_reading_lineages", "event_reading", ["lineages"])
    op.create_index("ix_event_reading_decided", "event_reading", ["decided"])
    op.create_table(
        "event_traits",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(64), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("standing", sa.LargeBinary()),
        sa.Column("evidence", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_event_traits"),
        sa.UniqueConstraint("claim", name="uq_event_traits_claim"),
        sa.ForeignKeyConstraint(["report"], ["event_reading.report"], name="fk_event_traits_report"),
    )
    op.create_index("ix_event_traits_report", "event_traits", ["report"])
    op.create_table(
        "event_key",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "traits", name="pk_event_key"),
        sa.ForeignKeyConstraint(["traits"], ["event_traits.number"], name="fk_event_key_traits"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_key_traits", "event_key", ["traits"])


def _make_links() -> None:
    op.create_table(
        "event_link",
        sa.Column("first", sa.String(64), nullable=False),
        sa.Column("second", sa.String(64), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name="pk_event_link"),
        sa.ForeignKeyConstraint(["first"], ["event_traits.claim"], name="fk_event_link_first"),
        sa.ForeignKeyConstraint(["second"], ["event_traits.claim"], name="fk_event_link_second"),
    )
    op.create_index("ix_event_link_second", "event_link", ["second"])
    op.create_table(
        "event_word",
        sa.Column("first", sa.String(64), nullable=False),
        sa.Column("second", sa.String(64), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name="pk_event_word"),
        sa.ForeignKeyConstraint(["first"], ["event_traits.claim"], name="fk_event_word_first"),
        sa.ForeignKeyConstraint(["second"], ["event_traits.claim"], name="fk_event_word_second"),
    )
    op.create_index("ix_event_word_second", "event_word", ["second"])


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("grade", sa.String(16), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_start", "event", ["start"])
    op.create_table(
        "event_claim",
        sa.Column("claim", sa.String(64), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_event_claim"),
        sa.ForeignKeyConstraint(["claim"], ["event_traits.claim"], name="fk_event_claim_claim"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name="fk_event_claim_event"),
    )
    op.create_index("ix_event_claim_event", "event_claim", ["event"])
    op.create_index("ix_event_claim_report", "event_claim", ["report"])
    op.create_table(
        "event_value",
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.PrimaryKeyConstraint("event", "field", "position", name="pk_event_value"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name="fk_event_value_event"),
    )
    op.create_index("ix_event_value_field_folded", "event_value", ["field", "folded"])
    op.create_index("ix_event_value_key", "event_value", ["key"])
