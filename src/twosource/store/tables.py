"""The tables of a project file, as SQLAlchemy Core describes them. Migrations make them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "claim",
    "claim_value",
    "dependence",
    "issue",
    "lineage",
    "lineage_decision",
    "lineage_member",
    "lineage_print",
    "lineage_text",
    "metadata",
    "original",
    "reading",
    "report",
    "run",
]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

run = Table(
    "run",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("started", String(32), nullable=False, comment="UTC, ISO 8601"),
    Column("finished", String(32), comment="null where the run was cut off"),
    Column("counts", Text, comment="the run's summary as JSON"),
)

original = Table(
    "original",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

report = Table(
    "report",
    metadata,
    Column("digest", String(64), primary_key=True, comment="of the raw values; one row a version"),
    Column("id", Text, nullable=False),
    Column("number", Integer, nullable=False, comment="1 for the first version of this id"),
    Column("current", Boolean, nullable=False),
    Column("run", ForeignKey("run.number"), nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("published", Date),
    Column("agency", Text),
    Column("language", Text),
    Column("sha256", String(64), comment="of the original bytes; in table original where they were kept"),
    Column("folded", Text, nullable=False, comment="id, outlet, agency and text, folded and padded"),
    Column("record", LargeBinary, nullable=False, comment="the Report as JSON"),
    UniqueConstraint("id", "number"),
)
Index("ix_report_current_id", report.c.current, report.c.id)
Index("ix_report_current_published", report.c.current, report.c.published)

reading = Table(
    "reading",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", ForeignKey("report.digest"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("current", Boolean, nullable=False, comment="among the readings of this version"),
    Column("run", ForeignKey("run.number"), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("issues", Integer, nullable=False),
    Column("layers", LargeBinary, nullable=False, comment="zlib-packed JSON of what other columns do not hold"),
    UniqueConstraint("report", "fingerprint"),
)

claim = Table(
    "claim",
    metadata,
    Column("reading", ForeignKey("reading.number"), primary_key=True),
    Column("rank", Integer, primary_key=True, comment="the claim's place in its reading, from 0"),
    Column("id", String(64), nullable=False),
    Column("report", Text, nullable=False, comment="the report's id"),
    Column("offset", Integer, nullable=False, comment="code point at which the first evidence begins"),
    Column("type", String(32), nullable=False),
    Column("family", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("stance", String(16), nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("dated", Boolean, nullable=False, comment="whether start or end is known"),
    Column("start", Date),
    Column("end", Date),
    Column("evidence", Text, nullable=False, comment="the words of each run, as a JSON array"),
    Column("folded", Text, nullable=False, comment="the evidence, folded and padded"),
    Column("record", LargeBinary, nullable=False, comment="the Claim as JSON"),
)
Index("ix_claim_id", claim.c.id)
Index("ix_claim_report_offset_rank", claim.c.report, claim.c.offset, claim.c.rank)
Index("ix_claim_type", claim.c.type)
Index("ix_claim_start", claim.c.start)

claim_value = Table(
    "claim_value",
    metadata,
    Column("reading", Integer, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("field", String(8), primary_key=True, comment="actor, target, place, source or via"),
    Column("position", Integer, primary_key=True, comment="from 0, in the claim's order"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, comment="the name, folded and padded"),
    ForeignKeyConstraint(["reading", "rank"], ["claim.reading", "claim.rank"]),
)
Index("ix_claim_value_field_folded", claim_value.c.field, claim_value.c.folded)

issue = Table(
    "issue",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("reading", ForeignKey("reading.number"), comment="null for an issue of the input"),
    Column("key", String(64), comment="digest of the whole issue; one row for each in the input"),
    Column("current", Boolean, nullable=False, comment="false once its path was read again without it"),
    Column("run", ForeignKey("run.number"), nullable=False, comment="the last run that met it"),
    Column("code", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("report", Text, comment="the report's id"),
    Column("path", Text),
    Column("record", LargeBinary, nullable=False, comment="the Issue as JSON"),
    UniqueConstraint("key"),
)
Index("ix_issue_reading", issue.c.reading)
Index("ix_issue_code", issue.c.code)
Index("ix_issue_report", issue.c.report)
Index("ix_issue_path", issue.c.path)

lineage_text = Table(
    "lineage_text",
    metadata,
    Column("report", Text, primary_key=True, comment="the report's id"),
    Column("digest", String(64), nullable=False, comment="of the version that was compared"),
    Column("fingerprint", String(64), nullable=False, comment="of the rules and weights that compared it"),
    Column("day", Integer, comment="of publication, as an ordinal"),
)

lineage_print = Table(
    "lineage_print",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="a fingerprint of five words"),
    Column("report", ForeignKey("lineage_text.report"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_lineage_print_report", lineage_print.c.report)

dependence = Table(
    "dependence",
    metadata,
    Column("first", ForeignKey("lineage_text.report"), primary_key=True, comment="the lesser of the two ids"),
    Column("second", ForeignKey("lineage_text.report"), primary_key=True),
    Column("relation", String(16), nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Dependence as JSON"),
)
Index("ix_dependence_second", dependence.c.second)

lineage_decision = Table(
    "lineage_decision",
    metadata,
    Column("number", Integer, primary_key=True, comment="rows are only added; the last on a pair counts"),
    Column("made", String(32), nullable=False, comment="UTC, ISO 8601"),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("judgement", String(16), nullable=False),
    Column("reason", Text, nullable=False),
)
Index("ix_lineage_decision_first_second", lineage_decision.c.first, lineage_decision.c.second)

lineage = Table(
    "lineage",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("origin", Text),
    Column("reports", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Lineage as JSON"),
)

lineage_member = Table(
    "lineage_member",
    metadata,
    Column("lineage", ForeignKey("lineage.id"), primary_key=True),
    Column("report", Text, primary_key=True),
)
Index("ix_lineage_member_report", lineage_member.c.report)
