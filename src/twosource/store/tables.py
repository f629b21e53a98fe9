"""The tables of a project file, as SQLAlchemy Core describes them. Migrations make the same; a test compares them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from twosource.store.entity_tables import (
    entity,
    entity_company,
    entity_group,
    entity_key,
    entity_name,
    entity_outlet,
    entity_report,
    entity_tally,
)
from twosource.store.event_tables import (
    event,
    event_claim,
    event_first,
    event_key,
    event_link,
    event_name,
    event_reading,
    event_term,
    event_traits,
    event_value,
    event_word,
)
from twosource.store.schema_metadata import metadata

__all__ = [
    "claim",
    "claim_name",
    "claim_term",
    "claim_value",
    "decision",
    "dependence",
    "due",
    "entity",
    "entity_company",
    "entity_group",
    "entity_key",
    "entity_name",
    "entity_outlet",
    "entity_report",
    "entity_tally",
    "event",
    "event_claim",
    "event_first",
    "event_key",
    "event_link",
    "event_name",
    "event_reading",
    "event_term",
    "event_traits",
    "event_value",
    "event_word",
    "fetched",
    "issue",
    "lineage",
    "lineage_closed",
    "lineage_member",
    "lineage_print",
    "lineage_print_late",
    "lineage_text",
    "metadata",
    "original",
    "reading",
    "report",
    "run",
    "stage_state",
    "taking",
]

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
    Column("claims", Integer, nullable=False, server_default=text("0"), comment="of its current reading"),
    UniqueConstraint("id", "number"),
)
Index("ix_report_current_id_outlet_agency", report.c.current, report.c.id, report.c.outlet, report.c.agency)
Index("ix_report_current_published", report.c.current, report.c.published)
Index(
    "ix_report_current_outlet_published_claims",
    report.c.current,
    report.c.outlet,
    report.c.published,
    report.c.claims,
)
Index("ix_report_current_agency", report.c.current, report.c.agency, report.c.outlet)

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
# current stands last: as the first column it would draw joins on one report away from the index of reports
Index("ix_reading_claims", reading.c.claims, reading.c.issues, reading.c.current)
Index("ix_reading_report_current_claims", reading.c.report, reading.c.current, reading.c.claims)
_outdated = reading.c.current == false()
Index("ix_reading_outdated", reading.c.current, reading.c.number, sqlite_where=_outdated, postgresql_where=_outdated)

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
    Column("current", Boolean, nullable=False, server_default=true(), comment="as its reading, and as its report"),
    Column("published", Date, comment="of the report"),
    Column("counted", Boolean, nullable=False, server_default=false(), comment="whether it holds figures"),
    Column("lasting", Boolean, nullable=False, server_default=false(), comment="whether its time is open or long"),
)
Index("ix_claim_id", claim.c.id)
Index("ix_claim_report_offset_rank", claim.c.report, claim.c.offset, claim.c.rank)
Index(
    "ix_claim_lasting_start",
    claim.c.lasting,
    claim.c.start,
    claim.c.end,
    claim.c.reading,
    claim.c.rank,
    claim.c.current,
)
Index("ix_claim_published", claim.c.published, claim.c.reading, claim.c.rank, claim.c.current)
Index("ix_claim_type_published", claim.c.type, claim.c.published, claim.c.reading, claim.c.rank, claim.c.current)
Index("ix_claim_status_published", claim.c.status, claim.c.published, claim.c.reading, claim.c.rank, claim.c.current)
Index("ix_claim_counted_published", claim.c.counted, claim.c.published, claim.c.reading, claim.c.rank, claim.c.current)

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
Index(
    "ix_claim_value_field_folded",
    claim_value.c.field,
    claim_value.c.folded,
    claim_value.c.reading,
    claim_value.c.rank,
)

claim_name = Table(
    "claim_name",
    metadata,
    Column("field", String(8), primary_key=True, comment="as in claim_value"),
    Column("folded", Text, primary_key=True, comment="a name of any claim ever kept, folded and padded"),
    sqlite_with_rowid=False,
)

claim_term = Table(
    "claim_term",
    metadata,
    Column("term", Text, primary_key=True, comment="a folded word of the evidence, as long as an index of words holds"),
    Column("reading", Integer, primary_key=True, autoincrement=False),
    Column("rank", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

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
Index("ix_issue_reading", issue.c.reading, issue.c.current)
Index("ix_issue_code", issue.c.code)
Index("ix_issue_report", issue.c.report)
Index("ix_issue_path", issue.c.path)

fetched = Table(
    "fetched",
    metadata,
    Column("address", Text, primary_key=True),
    Column("etag", Text, comment="as the host gave it with its last answer"),
    Column("modified", Text, comment="the host's Last-Modified, as it gave it"),
    Column("checked", String(32), nullable=False, comment="UTC, ISO 8601"),
)

due = Table(
    "due",
    metadata,
    Column("stage", String(16), primary_key=True, comment="lineage, entities or events"),
    Column("report", Text, primary_key=True, comment="the report's id"),
    sqlite_with_rowid=False,
)

stage_state = Table(
    "stage_state",
    metadata,
    Column("stage", String(16), primary_key=True),
    Column("fingerprint", String(64), nullable=False, comment="of the rules that all that the stage keeps rests on"),
)

lineage_text = Table(
    "lineage_text",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("report", Text, nullable=False, comment="the report's id"),
    Column("digest", String(64), nullable=False, comment="of the version that was compared"),
    Column("fingerprint", String(64), nullable=False, comment="of the rules and weights that compared it"),
    Column("day", Integer, comment="of publication, as an ordinal"),
    Column("prints", Integer, nullable=False, server_default=text("0"), comment="how many sampled prints it holds"),
    UniqueConstraint("report"),
)

lineage_print = Table(
    "lineage_print",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="48 bits of a print of five words"),
    Column("text", Integer, primary_key=True, autoincrement=False, comment="the number of a lineage_text"),
    sqlite_with_rowid=False,
)

lineage_print_late = Table(
    "lineage_print_late",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="as in lineage_print, not there yet"),
    Column("text", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

lineage_closed = Table(
    "lineage_closed",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="a print that leads to nobody"),
    Column("stock", Boolean, nullable=False, comment="whether it is boilerplate, not only held by too many"),
    Column("days", Text, nullable=False, comment="some days of publication of its holders, as ordinals, by spaces"),
)

dependence = Table(
    "dependence",
    metadata,
    Column("first", ForeignKey("lineage_text.report"), primary_key=True, comment="the lesser of the two ids"),
    Column("second", ForeignKey("lineage_text.report"), primary_key=True),
    Column("relation", String(16), nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Dependence as JSON"),
    Column("likelihood", Float, nullable=False, server_default=text("0"), comment="as in the record"),
)
Index("ix_dependence_second", dependence.c.second)
Index("ix_dependence_likelihood", dependence.c.likelihood)

taking = Table(
    "taking",
    metadata,
    Column("report", Text, primary_key=True, comment="the id of a report that depends on another by its words"),
    Column("origin", Text, primary_key=True, comment="the outlet or agency that these words are of"),
    Column("outlet", Text, comment="of the report"),
)
Index("ix_taking_outlet_origin", taking.c.outlet, taking.c.origin)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False, comment="from 1; rows are only added"),
    Column("kind", String(16), nullable=False),
    Column("subjects", Text, nullable=False, comment="ids, as a JSON array"),
    Column("verdict", String(16), nullable=False),
    Column("value", Text, nullable=False, comment="what the person gives, as a JSON object"),
    Column("before", Text, nullable=False, comment="what stood there, as a JSON object"),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made", String(32), nullable=False, comment="UTC, ISO 8601"),
    Column("undoes", Integer, comment="the number of the entry that this one takes back"),
    Column("previous", String(64), nullable=False, comment="the hash of the entry before"),
    Column("hash", String(64), nullable=False, comment="SHA-256 of previous and the entry"),
)
Index("ix_decision_kind_subjects", decision.c.kind, decision.c.subjects)
Index("ix_decision_kind_number", decision.c.kind, decision.c.number)

lineage = Table(
    "lineage",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("origin", Text),
    Column("reports", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Lineage as JSON"),
    Column("first", Text, nullable=False, server_default=text("''"), comment="the id of its first report"),
)
Index("ix_lineage_reports_first", lineage.c.reports, lineage.c.first)

lineage_member = Table(
    "lineage_member",
    metadata,
    Column("lineage", ForeignKey("lineage.id"), primary_key=True),
    Column("report", Text, primary_key=True),
)
Index("ix_lineage_member_report", lineage_member.c.report)
