"""The tables of a project file, as SQLAlchemy Core describes them. Migrations make them; a test compares the two."""

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

__all__ = [
    "claim",
    "claim_name",
    "claim_term",
    "claim_value",
    "decision",
    "dependence",
    "due",
    "event",
    "event_claim",
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
    "lineage_text",
    "metadata",
    "original",
    "reading",
    "report",
    "run",
    "stage_state",
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
Index("ix_report_current_id_outlet_agency", report.c.current, report.c.id, report.c.outlet, report.c.agency)
Index("ix_report_current_published", report.c.current, report.c.published)
Index(
    "ix_report_current_outlet_published_digest",
    report.c.current,
    report.c.outlet,
    report.c.published,
    report.c.digest,
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
)
Index("ix_claim_id", claim.c.id)
Index("ix_claim_report_offset_rank", claim.c.report, claim.c.offset, claim.c.rank)
Index("ix_claim_start", claim.c.start, claim.c.end, claim.c.reading, claim.c.rank, claim.c.current)
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
)
Index("ix_dependence_second", dependence.c.second)

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
)

lineage_member = Table(
    "lineage_member",
    metadata,
    Column("lineage", ForeignKey("lineage.id"), primary_key=True),
    Column("report", Text, primary_key=True),
)
Index("ix_lineage_member_report", lineage_member.c.report)

event_reading = Table(
    "event_reading",
    metadata,
    Column("report", Text, primary_key=True, comment="the report's id"),
    Column("reading", ForeignKey("reading.number"), nullable=False, comment="whose claims were gathered"),
    Column("fingerprint", String(64), nullable=False, comment="of the rules that gathered them"),
    Column("lineages", Text, nullable=False, comment="ids that the report was in, sorted, joined by spaces"),
    Column("decided", String(64), nullable=False, comment="digest of people's decisions on its claims, or empty"),
    Column("record", LargeBinary, nullable=False, comment="what likeness compares of the report, as JSON"),
)
Index("ix_event_reading_lineages", event_reading.c.lineages)
Index("ix_event_reading_decided", event_reading.c.decided)

event_traits = Table(
    "event_traits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("claim", String(64), nullable=False),
    Column("report", ForeignKey("event_reading.report"), nullable=False),
    Column("reading", Integer, nullable=False),
    Column("rank", Integer, nullable=False, comment="the claim's place in its reading, from 0"),
    Column("record", LargeBinary, nullable=False, comment="what likeness compares of the claim, as JSON"),
    Column("standing", LargeBinary, comment="the Claim as JSON where a person fixed or added it"),
    Column("evidence", Text, comment="its words as a JSON array, in the same case"),
    UniqueConstraint("claim"),
)
Index("ix_event_traits_report", event_traits.c.report)
Index("ix_event_traits_reading", event_traits.c.reading, event_traits.c.rank, event_traits.c.claim)

event_key = Table(
    "event_key",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="digest of a blocking key"),
    Column("traits", ForeignKey("event_traits.number"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_event_key_traits", event_key.c.traits)

event_link = Table(
    "event_link",
    metadata,
    Column("first", ForeignKey("event_traits.claim"), primary_key=True, comment="the lesser of the two ids"),
    Column("second", ForeignKey("event_traits.claim"), primary_key=True),
    Column("score", Float, nullable=False),
)
Index("ix_event_link_second", event_link.c.second)

event_word = Table(
    "event_word",
    metadata,
    Column("first", ForeignKey("event_traits.claim"), primary_key=True, comment="the lesser of the two ids"),
    Column("second", ForeignKey("event_traits.claim"), primary_key=True),
    Column("together", Boolean, nullable=False, comment="what a person's decision makes of the two"),
    Column("reason", Text, nullable=False),
)
Index("ix_event_word_second", event_word.c.second)

event = Table(
    "event",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("type", String(32), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("grade", String(16), nullable=False),
    Column("origins", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Event as JSON"),
    Column("brief", LargeBinary, nullable=False, server_default=text("''"), comment="the EventInShort as JSON"),
)
Index("ix_event_start", event.c.start, event.c.end, event.c.id)
Index("ix_event_origins_start_id", event.c.origins, event.c.start, event.c.id)

event_claim = Table(
    "event_claim",
    metadata,
    Column("claim", ForeignKey("event_traits.claim"), primary_key=True),
    Column("event", ForeignKey("event.id"), nullable=False),
    Column("report", Text, nullable=False),
)
Index("ix_event_claim_event", event_claim.c.event)
Index("ix_event_claim_report", event_claim.c.report)

event_value = Table(
    "event_value",
    metadata,
    Column("event", ForeignKey("event.id"), primary_key=True),
    Column("field", String(8), primary_key=True, comment="type, family, actor, target or place"),
    Column("position", Integer, primary_key=True, comment="from 0, in the event's order"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, comment="the name, folded and padded"),
    Column("key", Text, comment="a place's id in the gazetteer, or an entity's id"),
)
Index("ix_event_value_field_folded", event_value.c.field, event_value.c.folded, event_value.c.event)
Index("ix_event_value_key", event_value.c.key)

event_name = Table(
    "event_name",
    metadata,
    Column("field", String(8), primary_key=True, comment="as in event_value"),
    Column("folded", Text, primary_key=True, comment="a name of any event ever kept, folded and padded"),
    sqlite_with_rowid=False,
)

event_term = Table(
    "event_term",
    metadata,
    Column("term", Text, primary_key=True, comment="as in claim_term, of its claims as they were read"),
    Column("event", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

entity_report = Table(
    "entity_report",
    metadata,
    Column("report", Text, primary_key=True, comment="the report's id"),
    Column("reading", Integer, nullable=False, comment="whose names were resolved"),
    Column("fingerprint", String(64), nullable=False, comment="of the rules and tables that resolved them"),
    Column("outlet", Text, comment="of the report when its names were counted"),
)

entity_name = Table(
    "entity_name",
    metadata,
    Column("report", ForeignKey("entity_report.report"), primary_key=True),
    Column("name", Text, primary_key=True, comment="as the claims write it"),
    Column("folded", Text, nullable=False, comment="the name, folded and padded"),
    Column(
        "alone", Text, nullable=False, server_default=text("''"), comment="the entity's id as the report alone tells it"
    ),
    Column("entity", Text, nullable=False, comment="the id of the entity that it means here"),
    Column("record", LargeBinary, nullable=False, comment="what the report alone tells of it, as JSON"),
)
Index("ix_entity_name_entity", entity_name.c.entity)
Index("ix_entity_name_alone", entity_name.c.alone)
Index("ix_entity_name_name_entity", entity_name.c.name, entity_name.c.entity)
Index("ix_entity_name_folded_entity", entity_name.c.folded, entity_name.c.entity)

entity_tally = Table(
    "entity_tally",
    metadata,
    Column("alone", Text, primary_key=True, comment="an entity's id as reports alone tell it"),
    Column("variant", String(16), primary_key=True, comment="digest of what is told of the name"),
    Column("name", Text, nullable=False),
    Column("opening", Text, comment="of a full name of a person the first word"),
    Column("defines", Text, comment="an acronym that reports explain by it"),
    Column("reports", Integer, nullable=False, comment="how many tell so"),
    Column("record", LargeBinary, nullable=False, comment="what they tell, as JSON, without who stands beside it"),
)
Index("ix_entity_tally_opening", entity_tally.c.opening)
Index("ix_entity_tally_defines", entity_tally.c.defines)

entity_outlet = Table(
    "entity_outlet",
    metadata,
    Column("alone", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("outlet", Text, primary_key=True),
    Column("reports", Integer, nullable=False),
)

entity_company = Table(
    "entity_company",
    metadata,
    Column("alone", Text, primary_key=True),
    Column("other", Text, primary_key=True, comment="an entity that reports name with it"),
    Column("how", String(8), primary_key=True, comment="beside, against, or company: a known group or person"),
    Column("uses", Integer, nullable=False),
)

entity_group = Table(
    "entity_group",
    metadata,
    Column("alone", Text, primary_key=True, comment="an entity's id as reports alone tell it"),
    Column("entity", Text, nullable=False, comment="the id of the entity that it is part of"),
)
Index("ix_entity_group_entity", entity_group.c.entity)

entity_key = Table(
    "entity_key",
    metadata,
    Column("key", Text, primary_key=True, comment="what names of one actor may share"),
    Column("alone", Text, primary_key=True),
)
Index("ix_entity_key_alone", entity_key.c.alone)

entity = Table(
    "entity",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("generic", Boolean, nullable=False),
    Column("report", Text, comment="the id of the only report that a generic one is in"),
    Column("reports", Integer, nullable=False, comment="how many name it"),
    Column("claims", Integer, nullable=False, comment="how many name it"),
    Column("record", LargeBinary, nullable=False, comment="the Entity as JSON"),
)
Index("ix_entity_generic_reports", entity.c.generic, entity.c.reports)
Index("ix_entity_report", entity.c.report)
