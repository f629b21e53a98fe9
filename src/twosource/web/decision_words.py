"""Puts the entries of the log into words: what was decided on what, how it was before, and how it is now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from twosource.corpus_records import Decision, DecisionKind
from twosource.store import Project
from twosource.views.actors import actor_names
from twosource.views.decisions import DecisionRow
from twosource.web.coding_words import task_path
from twosource.web.event_words import event_path
from twosource.web.place_words import place_before
from twosource.web.wording import compare_path, report_path

__all__ = [
    "KIND_WORDS",
    "VERDICT_WORDS",
    "Change",
    "Link",
    "Told",
    "about",
    "changes",
    "quoted",
    "subject_name",
    "told",
    "verdict_words",
]

KIND_WORDS = {
    DecisionKind.CLAIM: "Claims",
    DecisionKind.LINEAGE: "Reports that may be one text",
    DecisionKind.ENTITY: "Names",
    DecisionKind.EVENT: "Events",
    DecisionKind.PLACE: "Places",
    DecisionKind.ACTOR: "Kinds of actors",
    DecisionKind.SENTENCE: "Sentences without a claim",
    DecisionKind.TRUST: "Trust in sources",
    DecisionKind.TASK: "Coding tasks",
    DecisionKind.TYPE: "Own types",
    DecisionKind.SETTING: "Settings",
    DecisionKind.SECOND: "Second looks",
    DecisionKind.OUTCOME: "What came of plans",
}
"""What can be decided about; not what is coded blind, which the page of its task tells."""

VERDICT_WORDS = {
    (DecisionKind.CLAIM, "accept"): "Claim accepted",
    (DecisionKind.CLAIM, "reject"): "Claim rejected",
    (DecisionKind.CLAIM, "fix"): "Claim fixed",
    (DecisionKind.CLAIM, "add"): "Claim added",
    (DecisionKind.LINEAGE, "same"): "One text",
    (DecisionKind.LINEAGE, "different"): "Two texts",
    (DecisionKind.LINEAGE, "unsure"): "Unsure whether one text",
    (DecisionKind.PLACE, "locate"): "Place chosen",
    (DecisionKind.PLACE, "unplaced"): "Not to be placed",
    (DecisionKind.ACTOR, "classify"): "Kind of actor",
    (DecisionKind.ENTITY, "same"): "One actor",
    (DecisionKind.ENTITY, "different"): "Two actors",
    (DecisionKind.ENTITY, "unsure"): "Unsure whether one actor",
    (DecisionKind.EVENT, "merge"): "One event",
    (DecisionKind.EVENT, "split"): "Two events",
    (DecisionKind.EVENT, "unsure"): "Unsure whether one event",
    (DecisionKind.SECOND, "agree"): "Agrees",
    (DecisionKind.SECOND, "disagree"): "Disagrees",
    (DecisionKind.SECOND, "undecided"): "Undecided",
    (DecisionKind.OUTCOME, "happened"): "Plan: it happened",
    (DecisionKind.OUTCOME, "not-happened"): "Plan: it did not happen",
    (DecisionKind.OUTCOME, "not-known"): "Plan: not known yet",
    (DecisionKind.SENTENCE, "looked"): "Looked at: no claim",
    (DecisionKind.TASK, "set"): "Coding task set",
    (DecisionKind.TYPE, "define"): "Own type defined",
    (DecisionKind.SETTING, "choose"): "Setting chosen",
}
_MOST_LINKS = 4  # things that an entry is shown to be about
_MOST_CLAIMS = 4  # of an event's, in words


class Link(msgspec.Struct, frozen=True):
    """Something that an entry is about: its words, and where it is shown, None where nothing shows it."""

    words: str
    path: str | None = None


class Change(msgspec.Struct, frozen=True):
    """What an entry says of one thing: how it was before, empty where that isn't known, and how it is by the entry."""

    field: str
    before: str
    now: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log in words: what was decided, about what, its words in the report, and what it changed."""

    row: DecisionRow
    verdict: str
    about: tuple[Link, ...]
    quote: str
    changes: tuple[Change, ...]


def told(project: Project, rows: Sequence[DecisionRow]) -> tuple[Told, ...]:
    """The rows in words, in their order."""
    actors = (row.decision for row in rows if row.decision.kind in (DecisionKind.ENTITY, DecisionKind.ACTOR))
    named = {subject for one in actors for subject in one.subjects}
    names = actor_names(project, named)
    return tuple(
        Told(
            row=row,
            verdict=verdict_words(row.decision),
            about=about(row.decision, names),
            quote=quoted(row.decision),
            changes=changes(row.decision),
        )
        for row in rows
    )


def verdict_words(one: Decision) -> str:
    """What was decided, in a word or two."""
    if one.undoes is not None:
        return f"Entry {one.undoes} taken back"
    return VERDICT_WORDS.get((one.kind, one.verdict)) or one.verdict.capitalize()


def subject_name(one: Decision, subject: str, known: Mapping[str, str]) -> str:
    """A name for an actor that the entry is about: as it was called then, as it is ``known`` now, else its id's."""
    then: Mapping[str, str] = one.before.get("names", {})
    return then.get(subject) or known.get(subject) or subject.partition(":")[2] or subject


def about(one: Decision, names: Mapping[str, str]) -> tuple[Link, ...]:
    """What the entry is about; ``names`` are those of actors, by their ids."""
    return tuple(_links(one, names))


def _links(one: Decision, names: Mapping[str, str]) -> Iterator[Link]:
    first = one.subjects[0]
    if one.kind in (DecisionKind.CLAIM, DecisionKind.OUTCOME):
        yield Link(first, f"{report_path(first)}#{one.subjects[1]}")
    elif one.kind is DecisionKind.SENTENCE:
        start = one.subjects[1].partition("-")[0]
        yield Link(first, report_path(first, at=int(start) if start.isdecimal() else 0))
    elif one.kind is DecisionKind.LINEAGE:
        yield Link(" and ".join(one.subjects), compare_path(*one.subjects[:2]))
    elif one.kind is DecisionKind.PLACE:
        yield from _place_links(one)
    elif one.kind in (DecisionKind.ENTITY, DecisionKind.ACTOR):
        for subject in one.subjects:
            yield Link(subject_name(one, subject, names), f"/actors/{quote(subject, safe=':')}")
    elif one.kind is DecisionKind.EVENT:
        yield from (Link(subject, event_path(subject)) for subject in one.subjects[:_MOST_LINKS])
    elif one.kind is DecisionKind.TASK:
        yield Link(first, task_path(first))
    elif one.kind is DecisionKind.SECOND:
        yield Link(f"entry {first}", f"/decisions?number={quote(first, safe='')}")
    else:
        yield Link(first, {DecisionKind.TYPE: "/types", DecisionKind.TRUST: "/sources"}.get(one.kind))


def _place_links(one: Decision) -> Iterator[Link]:
    name = one.subjects[-1]
    if len(one.subjects) < 2:
        yield Link(f"“{name}” in all reports", f"/claims?{urlencode({'place': name})}")
    else:
        report = one.subjects[0]
        yield Link(f"“{name}” in {report}", report_path(report))


def quoted(one: Decision) -> str:
    """The words of a report that the entry is about; empty where it is about none."""
    if one.kind is DecisionKind.SENTENCE:
        return str(one.value.get("words", ""))
    if one.kind not in (DecisionKind.CLAIM, DecisionKind.OUTCOME):
        return ""
    read = one.before.get("claim") or one.before.get("read") or one.value
    return _value_words(read.get("evidence") or ())


def changes(one: Decision) -> tuple[Change, ...]:
    """How what is decided on was before, and is by the entry: of a claim the fields that it changes."""
    return tuple(change for change in _changes(one) if change.before != change.now)


def _changes(one: Decision) -> Iterator[Change]:
    if one.undoes is not None:
        yield Change("entry", _decided_before(one), "taken back")
    elif one.kind is DecisionKind.CLAIM:
        was = one.before.get("claim") or {}
        for name, value in one.value.items():
            yield Change(name, _value_words(was[name]) if name in was else "", _value_words(value))
    elif one.kind is DecisionKind.PLACE:
        yield Change("place", place_before(one.before), _place_words(one))
    elif one.kind is DecisionKind.ACTOR:
        was, now = (str(told.get("kind", "")).replace("_", " ") for told in (one.before, one.value))
        yield Change("kind", was, now)
    elif one.kind is DecisionKind.OUTCOME and one.value:
        told = one.value.get("event") or f"“{one.value['words']}” in {one.value['report']} ({one.value['claim']})"
        yield Change("told by", "", told)
    elif one.kind is DecisionKind.LINEAGE:
        found = one.before.get("relation")
        yield Change("found", " ".join(filter(None, (found, one.before.get("reason")))), verdict_words(one).lower())
    elif one.kind is DecisionKind.EVENT:
        yield Change("claims", _events_before(one), _parts_words(one))
    elif one.kind in (DecisionKind.TYPE, DecisionKind.SETTING):
        for name in one.value:
            yield Change(name, _value_words(one.before.get(name, "")), _value_words(one.value[name]))


def _decided_before(one: Decision) -> str:
    before = {name: str(one.before.get(name, "")) for name in ("verdict", "who", "reason")}
    return f"{before['verdict']} by {before['who']}: {before['reason']}" if before["verdict"] else ""


def _place_words(one: Decision) -> str:
    """The place chosen, with what holds it and its id in the gazetteer."""
    place = one.value.get("place")
    if not place:
        return "not to be placed"
    told = dict.fromkeys(filter(None, (place[name] for name in ("name", "admin2", "admin1", "country"))))
    return f"{', '.join(told)} ({place['id']})"


def _events_before(one: Decision) -> str:
    held = one.before.get("events") or ()
    events = set(held.values() if isinstance(held, Mapping) else held)
    return "" if not events else "in one event" if len(events) == 1 else f"in {len(events)} events"


def _parts_words(one: Decision) -> str:
    parts = [[f"“{claim.get('words', '')}”" for claim in part] for part in one.value.get("parts", ())]
    return " | ".join(_some(part) for part in parts)


def _some(words: Sequence[str]) -> str:
    more = len(words) - _MOST_CLAIMS
    return ", ".join(words[:_MOST_CLAIMS]) + (f" and {more} more" if more > 0 else "")


def _value_words(value: Any) -> str:
    """A value of an entry in words: names, runs of evidence, figures, days."""
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _object_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        runs = all(isinstance(one, Mapping) and "words" in one for one in value)
        return (" … " if runs else ", ").join(_value_words(one) for one in value)
    return str(value)


def _object_words(value: Mapping[str, Any]) -> str:
    if "words" in value and "start" in value:  # a run of evidence
        return str(value["words"])
    if "phrase" in value:
        bounds = [value.get(name) for name in (("low", "high") if "kind" in value else ("start", "end"))]
        known = " – ".join(dict.fromkeys(str(one) for one in bounds if one is not None))
        told = ", ".join(filter(None, (str(value.get("kind", "")).replace("_", " "), known)))
        return f"{value['phrase']} ({told})" if told else str(value["phrase"])
    return "; ".join(f"{name}: {_value_words(one)}" for name, one in value.items() if one not in (None, []))
