"""What is written together lies together: events, their claims and links are known by running numbers, keys by days.

Nothing is gathered anew: numbers are put in the place of ids, and blocking keys are worked out from what claims are
compared by. Where that has another form than today's, all that was gathered goes, and the next run does it again.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa
from alembic import op

from twosource.corpus.events.keys import blocking_keys
from twosource.corpus.events.traits import ClaimTraits, ReportTraits, Traits

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT_ONCE = 500  # claims that are held in memory at a time
_CHILDREN = ("event_value", "event_claim", "event_term", "event_link", "event_key")
_INDEXES = {
    "ix_event_start": ("event", ["start", "end", "number"]),
    "ix_event_origins_start_id": ("event", ["origins", "start", "id"]),
    "ix_event_claim_event": ("event_claim", ["event"]),
    "ix_event_claim_report": ("event_claim", ["report"]),
    "ix_event_value_field_folded": ("event_value", ["field", "folded", "event"]),
    "ix_event_value_key": ("event_value", ["key"]),
    "ix_event_link_first": ("event_link", ["first"]),
    "ix_event_key_traits": ("event_key", ["traits"]),
}
"""Those that are made once the tables are filled."""

_OLDER_INDEXES = (_INDEXES.keys() - {"ix_event_link_first"}) | {"ix_event_link_second"}
_NUMBERED = (
    "CREATE TABLE event_numbered AS SELECT row_number() OVER (ORDER BY earliest, id) AS number, id FROM "
    "(SELECT older_event.id AS id, min(event_traits.number) AS earliest FROM older_event "
    "LEFT JOIN older_event_claim ON older_event_claim.event = older_event.id "
    "LEFT JOIN event_traits ON event_traits.claim = older_event_claim.claim GROUP BY older_event.id) AS held"
)
"""The numbers of the events: in the order in which their first claims were gathered, as running numbers are given."""

_PUT_BACK = (
    'INSERT INTO event (number, id, type, start, "end", grade, origins, record, brief) '
    'SELECT event_numbered.number, older_event.id, type, start, "end", grade, origins, record, brief '
    "FROM older_event JOIN event_numbered ON event_numbered.id = older_event.id ORDER BY event_numbered.number",
    "INSERT INTO event_value (event, field, position, name, folded, key) "
    "SELECT event_numbered.number, field, position, name, folded, key "
    "FROM older_event_value JOIN event_numbered ON event_numbered.id = older_event_value.event ORDER BY 1, 2, 3",
    "INSERT INTO event_claim (traits, event, report) "
    "SELECT event_traits.number, event_numbered.number, older_event_claim.report FROM older_event_claim "
    "JOIN event_traits ON event_traits.claim = older_event_claim.claim "
    "JOIN event_numbered ON event_numbered.id = older_event_claim.event ORDER BY 1",
    "INSERT INTO event_term (term, event) SELECT term, event_numbered.number "
    "FROM older_event_term JOIN event_numbered ON event_numbered.id = older_event_term.event ORDER BY 1, 2",
    "INSERT INTO event_link (second, first, score) "
    "SELECT CASE WHEN one.number > other.number THEN one.number ELSE other.number END AS greater, "
    "CASE WHEN one.number > other.number THEN other.number ELSE one.number END AS lesser, score "
    "FROM older_event_link JOIN event_traits AS one ON one.claim = older_event_link.first "
    "JOIN event_traits AS other ON other.claim = older_event_link.second ORDER BY 1, 2",
)
"""What each table held, with numbers for ids."""


def upgrade() -> None:
    """Makes the tables anew and puts back what they held."""
    for index in sorted(_OLDER_INDEXES):
        op.drop_index(index)
    for table in ("event", *_CHILDREN):
        _set_aside(table)
    op.execute(_NUMBERED)
    op.create_index("ix_event_numbered", "event_numbered", ["id"])
    _make_event()
    _make_tables_of_events()
    _make_link()
    _make_key()
    for statement in _PUT_BACK:
        op.execute(statement)
    for table in (*(f"older_{child}" for child in _CHILDREN), "older_event", "event_numbered"):
        op.drop_table(table)
    could_be_read = _keep_keys(op.get_bind())
    for index, (table, columns) in _INDEXES.items():
        op.create_index(index, table, columns)
    if not could_be_read:
        _gather_anew()


def _set_aside(table: str) -> None:
    op.rename_table(table, f"older_{table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX pk_{table} RENAME TO pk_older_{table}")


def _make_event() -> None:
    op.create_table(
        "event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("start", sa.Date()),
        sa.Column("end", sa.Date()),
        sa.Column("grade", sa.String(16), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("brief", sa.LargeBinary(), nullable=False, server_default=sa.text("''")),
        sa.PrimaryKeyConstraint("number", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )


def _make_tables_of_events() -> None:
    op.create_table(
        "event_claim",
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("traits", name="pk_event_claim"),
        sa.ForeignKeyConstraint(["traits"], ["event_traits.number"], name="fk_event_claim_traits"),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name="fk_event_claim_event"),
    )
    op.create_table(
        "event_value",
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.PrimaryKeyConstraint("event", "field", "position", name="pk_event_value"),
        sa.ForeignKeyConstraint(["event"], ["event.number"], name="fk_event_value_event"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "event", name="pk_event_term"),
        sqlite_with_rowid=False,
    )


def _make_link() -> None:
    op.create_table(
        "event_link",
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("second", "first", name="pk_event_link"),
        sa.ForeignKeyConstraint(["second"], ["event_traits.number"], name="fk_event_link_second"),
        sa.ForeignKeyConstraint(["first"], ["event_traits.number"], name="fk_event_link_first"),
        sqlite_with_rowid=False,
    )


def _make_key() -> None:
    op.create_table(
        "event_key",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("traits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "traits", name="pk_event_key"),
        sa.ForeignKeyConstraint(["traits"], ["event_traits.number"], name="fk_event_key_traits"),
        sqlite_with_rowid=False,
    )


def _keep_keys(connection: sa.Connection) -> bool:
    """Whether what all claims are compared by could be read, and their keys were kept."""
    keep = sa.text("INSERT INTO event_key (number, traits) VALUES (:number, :traits)")
    try:
        for some in _traits(connection):
            rows = [{"number": key, "traits": number} for number, traits in some for key in blocking_keys(traits)]
            if rows:
                connection.execute(keep, sorted(rows, key=lambda row: (row["number"], row["traits"])))
    except msgspec.MsgspecError:
        return False
    return True


def _traits(connection: sa.Connection) -> Iterator[list[tuple[int, Traits]]]:
    """The numbers of claims and what these are compared by, some claims at a time."""
    claim, report = msgspec.json.Decoder(ClaimTraits), msgspec.json.Decoder(ReportTraits)
    query = sa.text(
        "SELECT event_traits.number, event_traits.record, event_reading.record AS of_report FROM event_traits "
        "JOIN event_reading ON event_reading.report = event_traits.report "
        "WHERE event_traits.number > :last ORDER BY event_traits.number LIMIT :most"
    )
    last = 0
    while rows := connection.execute(query, {"last": last, "most": _AT_ONCE}).all():
        last = rows[-1].number
        yield [(row.number, Traits(claim.decode(row.record), report.decode(row.of_report))) for row in rows]


def _gather_anew() -> None:
    """Takes out all that was gathered; that no rules are known to have gathered it makes every report due."""
    for table in (*_CHILDREN, "event_word", "event", "event_traits", "event_reading"):
        op.execute(sa.delete(sa.table(table)))
    op.execute("DELETE FROM stage_state WHERE stage = 'events'")
