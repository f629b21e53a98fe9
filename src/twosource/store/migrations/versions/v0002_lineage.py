"""Lineage: the index of fingerprints, dependences between reports, people's decisions on them, and families."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    _make_index()
    _make_dependence()
    _make_decision()
    _make_lineage()


def _make_index() -> None:
    op.create_table(
        "lineage_text",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("day", sa.Integer()),
        sa.PrimaryKeyConstraint("report", name="pk_lineage_text"),
    )
    op.create_table(
        "lineage_print",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", "report", name="pk_lineage_print"),
        sa.ForeignKeyConstraint(["report"], ["lineage_text.report"], name="fk_lineage_print_report"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lineage_print_report", "lineage_print", ["report"])


def _make_dependence() -> None:
    op.create_table(
        "dependence",
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(16), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name="pk_dependence"),
        sa.ForeignKeyConstraint(["first"], ["lineage_text.report"], name="fk_dependence_first"),
        sa.ForeignKeyConstraint(["second"], ["lineage_text.report"], name="fk_dependence_second"),
    )
    op.create_index("ix_dependence_second", "dependence", ["second"])


def _make_decision() -> None:
    op.create_table(
        "lineage_decision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made", sa.String(32), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("judgement", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_lineage_decision"),
    )
    op.create_index("ix_lineage_decision_first_second", "lineage_decision", ["first", "second"])


def _make_lineage() -> None:
    op.create_table(
        "lineage",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("origin", sa.Text()),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lineage"),
    )
    op.create_table(
        "lineage_member",
        sa.Column("lineage", sa.String(64), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lineage", "report", name="pk_lineage_member"),
        sa.ForeignKeyConstraint(["lineage"], ["lineage.id"], name="fk_lineage_member_lineage"),
    )
    op.create_index("ix_lineage_member_report", "lineage_member", ["report"])
