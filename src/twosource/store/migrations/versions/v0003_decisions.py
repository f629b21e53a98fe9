"""The log of what people decided, append-only and hash-chained. Decisions on lineage move into it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from twosource.corpus_records import Decision, DecisionKind
from twosource.store.decisions import append
from twosource.store.guards import guard_decisions

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UNKNOWN = "unknown"  # who decided was not kept before


def upgrade() -> None:
    """Makes the log, moves the decisions on lineage into it in their order, and guards it against change."""
    _make_log()
    _move_lineage_decisions()
    guard_decisions(op.get_bind())


def _make_log() -> None:
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
    )
    op.create_index("ix_decision_kind_subjects", "decision", ["kind", "subjects"])


def _move_lineage_decisions() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT made, first, second, judgement, reason FROM lineage_decision ORDER BY number")
    )
    for row in rows.mappings().all():
        append(
            connection,
            Decision(
                kind=DecisionKind.LINEAGE,
                subjects=(row["first"], row["second"]),
                verdict=row["judgement"],
                reason=row["reason"] or "no reason was given",
                who=_UNKNOWN,
                made=row["made"],
            ),
        )
    op.drop_index("ix_lineage_decision_first_second", "lineage_decision")
    op.drop_table("lineage_decision")
