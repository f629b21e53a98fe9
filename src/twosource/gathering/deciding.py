"""People's decisions on events: kept in the log, and laid over the events that claims were gathered into."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from twosource.corpus.events.deciding import MERGE, claim_name, decision_value, names_in, words_of
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError
from twosource.gathering.blocks import Blocks
from twosource.gathering.forming import regroup
from twosource.gathering.gatherer import Gatherer, default_gatherer
from twosource.store import Project, event_links
from twosource.store import events as stored
from twosource.store.decisions import append, decisions_in_force

__all__ = ["apply_decisions", "decide_event"]


def decide_event(
    project: Project, verdict: str, ids: Sequence[str], *, who: str, reason: str, expected: int | None = None
) -> Decision:
    """Keeps a person's word on events, and lays it over them at once. ``ids`` are of events and of claims.

    'merge' makes one event of all of them. 'split' takes the claims named out of the event that holds them. The word
    names claims by report and words, so that it stays when reports are read again. Raises UsageError for an unknown id,
    or for a split that leaves nothing behind.
    """
    by = default_gatherer()
    with project.writing() as connection:
        parts = _parts(connection, verdict, ids)
        members = stored.members_of(connection, [claim for part in parts for claim in part])
        value = decision_value([[claim_name(members[claim]) for claim in part] for part in parts])
        before = {"events": stored.events_of_claims(connection, members)}
        asked = Decision(
            kind=DecisionKind.EVENT,
            subjects=tuple(ids),
            verdict=verdict,
            reason=reason,
            who=who,
            value=value,
            before=before,
        )
        kept = append(connection, asked, expected=expected)
        apply_decisions(connection, by)
    return kept


def _parts(connection: Connection, verdict: str, ids: Sequence[str]) -> list[list[str]]:
    """The claims that a word is about: all in one part to merge, those named and the rest of their event to split."""
    events = [id_ for id_ in ids if stored.claims_of_events(connection, [id_])]
    claims = [id_ for id_ in ids if stored.events_of_claims(connection, [id_])]
    for id_ in ids:
        if id_ not in events and id_ not in claims:
            raise UsageError(f"there is no event and no claim of one with the id {id_!r}: see 'twosource events'")
    if verdict == MERGE:
        return [sorted({*claims, *stored.claims_of_events(connection, events)})]
    held = stored.events_of_claims(connection, claims)
    rest = sorted(set(stored.claims_of_events(connection, held)) - set(claims))
    if not claims or not rest:
        raise UsageError("to split an event name some of its claims, not all and not the event: see 'twosource event'")
    return [sorted(claims), rest]


def apply_decisions(connection: Connection, by: Gatherer) -> None:
    """Lays people's decisions over the events, where they are not as they were laid before."""
    decisions = decisions_in_force(connection, DecisionKind.EVENT)
    before = event_links.words_among(connection)
    if not decisions and not before:
        return
    named = sorted({name.report for decision in decisions for name in names_in(decision)})
    held = stored.members_of(connection, stored.claims_of_reports(connection, named))
    now = words_of(decisions, list(held.values()))
    if now == before:
        return
    changed = {id_ for one in set(before) ^ set(now) for id_ in (one.first, one.second)}
    around = Blocks(connection, by.rules.join, by.most_together).around(changed)
    event_links.keep_words(connection, now)
    regroup(connection, Blocks(connection, by.rules.join, by.most_together), around | changed, changed, by)
