"""The tables of gathered events: what each claim is compared by, the links between claims, and the events."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from twosource.store.schema_metadata import metadata

__all__ = [
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
]

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
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="a blocking key: a day, then a digest"),
    Column("traits", ForeignKey("event_traits.number"), primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_event_key_traits", event_key.c.traits)

event_link = Table(
    "event_link",
    metadata,
    # the greater number first: links of the claims that come last are the last rows, and lie together
    Column("second", ForeignKey("event_traits.number"), primary_key=True, comment="the greater of the two numbers"),
    Column("first", ForeignKey("event_traits.number"), primary_key=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_event_link_first", event_link.c.first)

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
    Column("number", Integer, primary_key=True, autoincrement=False, comment="what other tables know it by"),
    Column("id", String(64), nullable=False),
    Column("type", String(32), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("grade", String(16), nullable=False),
    Column("origins", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False, comment="the Event as JSON"),
    Column("brief", LargeBinary, nullable=False, server_default=text("''"), comment="the EventInShort as JSON"),
    Column("lasting", Boolean, nullable=False, server_default=false(), comment="whether its time is open or long"),
    UniqueConstraint("id"),
)
Index("ix_event_lasting_start", event.c.lasting, event.c.start, event.c.end, event.c.number)
Index("ix_event_origins_start_id", event.c.origins, event.c.start, event.c.id)

event_claim = Table(
    "event_claim",
    metadata,
    Column("traits", ForeignKey("event_traits.number"), primary_key=True, comment="the number of the claim's traits"),
    Column("event", ForeignKey("event.number"), nullable=False),
    Column("report", Text, nullable=False),
)
Index("ix_event_claim_event", event_claim.c.event)
Index("ix_event_claim_report", event_claim.c.report)

event_value = Table(
    "event_value",
    metadata,
    Column("event", ForeignKey("event.number"), primary_key=True),
    Column("field", String(8), primary_key=True, comment="type, family, actor, target or place"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="from 0, in the event's order"),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, comment="the name, folded and padded"),
    Column("key", Text, comment="a place's id in the gazetteer, or an entity's id"),
    sqlite_with_rowid=False,
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

event_first = Table(
    "event_first",
    metadata,
    Column("event", String(64), primary_key=True, comment="the id of any event ever kept"),
    Column("claim", String(64), nullable=False, comment="its first claim, of which that id is made"),
    sqlite_with_rowid=False,
)

event_term = Table(
    "event_term",
    metadata,
    Column("term", Text, primary_key=True, comment="as in claim_term, of its claims as they were read"),
    Column("event", Integer, primary_key=True, autoincrement=False, comment="the number of an event"),
    sqlite_with_rowid=False,
)
