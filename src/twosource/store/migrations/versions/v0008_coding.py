"""Blind codings, ticked sentences and own types are entries of the log, so that one kind of many is found quickly."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the index by which the last entry of a kind is found, however many of another kind come after it."""
    op.create_index("ix_decision_kind_number", "decision", ["kind", "number"])
