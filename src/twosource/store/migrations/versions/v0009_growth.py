"""What keeps the cost of a report the same however many there are: what is due, and counts instead of scans.

The tables of lineage's index and of entities are made anew, empty: all in them is worked out from the reports, and the
next run does it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    _make_due()
    for table in ("lineage_print", "dependence", "lineage_text", "entity_name", "entity_report", "entity_state"):
        op.drop_table(table)
    op.execute("DELETE FROM entity")
    _make_index()
    _make_dependence()
    _make_names()
    _make_tallies()


def _make_due() -> None:
    op.create_table(
        "due",
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "report", name="pk_due"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stage_state",
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("stage", name="pk_stage_state"),
    )


def _make_index() -> None:
    op.create_table(
        "lineage_text",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("day", sa.Integer()),
        sa.Column("prints", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("number", name="pk_lineage_text"),
        sa.UniqueConstraint("report", name="uq_lineage_text_report"),
    )
    op.create_table(
        "lineage_print",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", "text", name="pk_lineage_print"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lineage_closed",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stock", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_lineage_closed"),
    )


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


def _make_names() -> None:
    op.create_table(
        "entity_report",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("outlet", sa.Text()),
        sa.PrimaryKeyConstraint("report", name="pk_entity_report"),
    )
    op.create_table(
        "entity_name",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("alone", sa.Text(), nullable=False, server_default=sa.text("''")),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", "name", name="pk_entity_name"),
        sa.ForeignKeyConstraint(["report"], ["entity_report.report"], name="fk_entity_name_report"),
    )
    op.create_index("ix_entity_name_entity", "entity_name", ["entity"])
    op.create_index("ix_entity_name_alone", "entity_name", ["alone"])


def _make_tallies() -> None:
    op.create_table(
        "entity_tally",
        sa.Column("alone", sa.Text(), nullable=False),
        sa.Column("variant", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text()),
        sa.Column("defines", sa.Text()),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("alone", "variant", name="pk_entity_tally"),
    )
    op.create_index("ix_entity_tally_opening", "entity_tally", ["opening"])
    op.create_index("ix_entity_tally_defines", "entity_tally", ["defines"])
    op.create_table(
        "entity_outlet",
        sa.Column("alone", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("alone", "name", "outlet", name="pk_entity_outlet"),
    )
    op.create_table(
        "entity_company",
        sa.Column("alone", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("alone", "other", "how", name="pk_entity_company"),
    )
    op.create_table(
        "entity_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("alone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "alone", name="pk_entity_key"),
    )
    op.create_index("ix_entity_key_alone", "entity_key", ["alone"])
    op.create_table(
        "entity_group",
        sa.Column("alone", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alone", name="pk_entity_group"),
    )
    op.create_index("ix_entity_group_entity", "entity_group", ["entity"])
