"""Blind codings, ticked sentences and a project's own event types."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and indexes."""
