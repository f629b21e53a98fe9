"""The first tables: runs, original bytes, reports and their versions, readings, claims with their values, issues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes every table."""
    _make_run_and_original()
    _make_report()
    _make_reading()
    _make_claim()
    _make_claim_value()
    _make_issue()


def _make_run_and_original() -> None:
    op.create_table(
        "run",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32)),
        sa.Column("counts", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_run"),
    )
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_original"),
    )


def _make_report() -> None:
    op.create_table(
        "report",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("agency", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("sha256", sa.String(64)),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_report"),
        sa.UniqueConstraint("id", "number", name="uq_report_id_number"),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name="fk_report_run"),
    )
    op.create_index("ix_report_current_id", "report", ["current", "id"])
    op.create_index("ix_report_current_published", "report", ["current", "published"])


def _make_reading() -> None:
    op.create_table(
        "reading",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("issues", sa.Integer(), nullable=False),
        sa.Column("layers", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reading"),
        sa.UniqueConstraint("report", "fingerprint", name="uq_reading_report_fingerprint"),
        sa.ForeignKeyConstraint(["report"], ["report.digest"], name="fk_reading_report"),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name="fk_reading_run"),
    )


def _make_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("family", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
        sa.Column("certainty", sa.String(16), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("reading", "rank", name="pk_claim"),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name="fk_claim_reading"),
    )
    op.create_index("ix_claim_id", "claim", ["id"])
    op.create_index("ix_claim_report_offset_rank", "claim", ["report", "offset", "rank"])
    op.create_index("ix_claim_type", "claim", ["type"])
    op.create_index("ix_claim_start", "claim", ["start"])


def _make_claim_value() -> None:
    op.create_table(
        "claim_value",
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reading", "rank", "field", "position", name="pk_claim_value"),
        sa.ForeignKeyConstraint(
            ["reading", "rank"], ["claim.reading", "claim.rank"], name="fk_claim_value_reading_rank"
        ),
    )
    op.create_index("ix_claim_value_field_folded", "claim_value", ["field", "folded"])


def _make_issue() -> None:
    op.create_table(
        "issue",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reading", sa.Integer()),
        sa.Column("key", sa.String(64)),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("severity", sa.String(16), nullable=False),
        sa.Column("report", sa.Text()),
        sa.Column("path", sa.Text()),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_issue"),
        sa.UniqueConstraint("key", name="uq_issue_key"),
        sa.ForeignKeyConstraint(["reading"], ["reading.number"], name="fk_issue_reading"),
        sa.ForeignKeyConstraint(["run"], ["run.number"], name="fk_issue_run"),
    )
    for column in ("reading", "code", "report", "path"):
        op.create_index(f"ix_issue_{column}", "issue", [column])
