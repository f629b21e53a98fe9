"""The words of reports have an index, so that to find those with some words no text is gone through.

Nothing is read, compared or gathered anew: it is filled from the texts that are kept, in less than a millisecond each.
"""

from __future__ import annotations

from alembic import op

from twosource.store.report_index import fill_report_index, make_report_index

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the index and fills it."""
    make_report_index(op.get_bind())
    fill_report_index(op.get_bind())
