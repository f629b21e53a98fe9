"""The tables of actors: their names in reports, what tells them apart, and the entities."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text

from twosource.store.schema_metadata import metadata

__all__ = [
    "entity",
    "entity_company",
    "entity_group",
    "entity_key",
    "entity_name",
    "entity_outlet",
    "entity_report",
    "entity_tally",
]

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
Index("ix_entity_generic_reports_claims", entity.c.generic, entity.c.reports, entity.c.claims)
Index("ix_entity_report", entity.c.report)
