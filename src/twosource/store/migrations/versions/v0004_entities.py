"""Entities: actors under all their names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    _make_names()
    _make_entity()


def _make_names() -> None:
    op.create_table(
        "entity_report",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_entity_report"),
    )
    op.create_table(
        "entity_name",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", "name", name="pk_entity_name"),
        sa.ForeignKeyConstraint(["report"], ["entity_report.report"], name="fk_entity_name_report"),
    )
    op.create_index("ix_entity_name_entity", "entity_name", ["entity"])


def _make_entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("generic", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Text()),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_index("ix_entity_generic_reports", "entity", ["generic", "reports"])
    op.create_index("ix_entity_report", "entity", ["report"])
    op.create_table(
        "entity_state",
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_entity_state"),
    )
