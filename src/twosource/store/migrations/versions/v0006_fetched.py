"""Addresses that were fetched, with what their hosts said about the age of the answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "fetched",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("checked", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_fetched"),
    )
