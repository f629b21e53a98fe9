"""Which event is one now that was formed anew since, as after its reports were read again?"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from twosource.corpus.words import fold_words
from twosource.store import Project, event_query, tables

__all__ = ["event_now"]

_LIKE = 0.6  # of the words of two runs of evidence that must be the same for both to be one claim, read twice


def event_now(project: Project, gone: str) -> str | None:
    """The id of the event that an event, or a claim, which is no more is part of now; None where it can't be told.

    An event is known by its first claim, of which its id is made; that claim is found again by its words, in its
    report. The first claim of every event that there ever was is kept, so that no address takes long.
    """
    with project.looking() as connection:
        first = gone if gone.startswith("claim-") else _first_claim(connection, gone)
        if first is None:
            return None
        held = event_query.event_of_claim(connection, first)
        now = None if held else _read_again(connection, first)
        return event_query.event_of_claim(connection, now) if now else held


def _first_claim(connection: Connection, event: str) -> str | None:
    """The claim (its id) that the event was first told by, read now or once."""
    first = tables.event_first.c
    return connection.execute(select(first.claim).where(first.event == event)).scalar()


def _read_again(connection: Connection, claim: str) -> str | None:
    """The claim that is read now in the words of one that is not: of its report's the likest, of its type first."""
    columns = tables.claim.c
    then = connection.execute(
        select(columns.report, columns.type, columns.evidence).where(columns.id == claim).limit(1)
    ).first()
    if then is None:
        return None
    query = select(columns.id, columns.type, columns.evidence)
    rows = connection.execute(query.where(columns.report == then.report, columns.current)).all()
    near = [(row.type == then.type, _likeness(then.evidence, row.evidence), row.id) for row in rows]
    return max((one for one in near if one[1] >= _LIKE), default=(False, 0.0, None))[2]


def _likeness(one: str, other: str) -> float:
    mine, theirs = (
        {key for run in msgspec.json.decode(runs, type=list[str]) for key in fold_words(run).keys}
        for runs in (one, other)
    )
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0
