"""Prints that came last have a table of their own, from which they are put into the large one a part at a time.

It begins empty: the prints that a project holds are where they belong, and nothing is compared anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "lineage_print_late",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", "text", name="pk_lineage_print_late"),
        sqlite_with_rowid=False,
    )
