"""The cards beside a report's text: what each claim says, in words, with the evidence and the rules behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import msgspec

from twosource.closed_sets import Certainty, Stance, Status, family_of
from twosource.corpus.decided_places import PERSON
from twosource.deciding import DecidedClaim
from twosource.records import Claim, Named, Place, Reading, Reason
from twosource.spans import Span
from twosource.web.wording import days_words, figure_words, type_words

__all__ = ["Card", "Deciding", "Row", "State", "Value", "Why", "card_of", "cards_of", "in_text_order"]

_FIELD_WORDS = {"type": "what", "actors": "who", "targets": "to whom", "places": "where", "sources": "said by"}
_STATUS_NOTES = {
    Status.ONGOING: "is so or goes on",
    Status.PLANNED: "announced or expected, not yet done",
    Status.HYPOTHETICAL: "only supposed or asked for",
}


class Value(msgspec.Struct, frozen=True):
    """One value: what the card says, and beside it what it rests on or resolves to, and where that can be changed."""

    text: str
    detail: str | None = None
    quoted: bool = False
    way: str | None = None
    path: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A label and its values; no values means that the report does not say, and ``empty`` puts that into words."""

    label: str
    values: tuple[Value, ...] = ()
    empty: str = "not said"


class State(msgspec.Struct, frozen=True):
    """One of the closed values (stance, certainty, status, negated); ``usual`` ones are shown more quietly."""

    word: str
    usual: bool
    note: str


class Why(msgspec.Struct, frozen=True):
    """A reason in words: the field, the rule's id, and the words that made the rule decide."""

    field: str
    rule: str
    words: str | None


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """How a claim stands and what a decision on it needs: ``seen`` is the last entry on it that the page tells of.

    ``number`` is that of the decision in force, None where nobody decided; ``who``, ``why`` and ``made`` are its.
    """

    report: str
    mark: str
    seen: int
    number: int | None = None
    who: str | None = None
    why: str | None = None
    made: str | None = None


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the card of one claim shows; ``number`` counts from 1 in the order of the text."""

    number: int
    total: int
    claim: str
    type: str
    type_words: str
    family: str
    who: tuple[Value, ...]
    whom: tuple[Value, ...]
    rows: tuple[Row, ...]
    states: tuple[State, ...]
    evidence: tuple[str, ...]
    whys: tuple[Why, ...]
    summary: str
    confidence: float | None = None
    deciding: Deciding | None = None


def cards_of(reading: Reading, decided: Mapping[str, DecidedClaim] | None = None) -> tuple[Card, ...]:
    """A card for each claim, in the order of their first words in the text; ``decided`` tells how each stands."""
    ordered = in_text_order(reading.claims)
    known = decided or {}
    return tuple(
        card_of(claim, reading, number, len(ordered), known.get(claim.id)) for number, claim in enumerate(ordered, 1)
    )


def in_text_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims by the place of their first evidence, the longer first where two begin together."""

    def place(claim: Claim) -> tuple[int, int, str]:
        first = claim.evidence[0] if claim.evidence else Span(0, 0)
        return first.start, -first.end, claim.id

    return tuple(sorted(claims, key=place))


def card_of(claim: Claim, reading: Reading, number: int, total: int, decided: DecidedClaim | None = None) -> Card:
    """The card of one claim of ``reading``; without ``decided`` nothing can be decided on it."""
    return Card(
        number=number,
        total=total,
        claim=claim.id,
        type=claim.type.value,
        type_words=type_words(claim.type),
        family=family_of(claim.type),
        who=_parties(claim.actors, claim, reading),
        whom=_parties(claim.targets, claim, reading),
        rows=_rows(claim, reading),
        states=_states(claim),
        evidence=tuple(reading.words(span) for span in claim.evidence),
        whys=tuple(_why(reason, reading) for reason in claim.reasons),
        summary=_summary(claim, number, total, decided),
        confidence=claim.confidence,
        deciding=_deciding(decided) if decided else None,
    )


def _deciding(one: DecidedClaim) -> Deciding:
    entry = one.decision
    return Deciding(
        report=one.claim.report,
        mark=one.mark.value,
        seen=one.seen,
        number=entry.number if entry else None,
        who=one.who,
        why=one.why,
        made=entry.made if entry else None,
    )


def _joined(names: Sequence[Named]) -> str:
    words = list(dict.fromkeys(named.name for named in names))
    return words[0] if len(words) == 1 else " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _rows(claim: Claim, reading: Reading) -> tuple[Row, ...]:
    figures = Row("Figures", tuple(Value(f.phrase, figure_words(f), quoted=True) for f in claim.figures))
    via = Row("Via", _named(claim.via, reading))
    return (
        Row("Where", tuple(_place(value, claim, reading) for value in _named(claim.places, reading))),
        Row("When", _when(claim)),
        *([figures] if figures.values else []),
        Row("Said by", _named(claim.sources, reading), empty="the report, in its own voice"),
        *([via] if via.values else []),
    )


def _named(names: Sequence[Named], reading: Reading) -> tuple[Value, ...]:
    """Each name once, with the words that stand for it in the sentence where these differ."""
    found: dict[str, Value] = {}
    for named in names:
        words = reading.words(named.said_at)
        found.setdefault(named.name, Value(named.name, f"here “{words}”" if words != named.name else None))
    return tuple(found.values())


def _parties(names: Sequence[Named], claim: Claim, reading: Reading) -> tuple[Value, ...]:
    """The actors, with the way to choose a place where the same words were read as one that is no country."""
    at = {place.span: place for place in reading.places if place.precision != "country"}
    words = {named.name: at.get(named.said_at) or at.get(named.span) for named in names}
    return tuple(
        _with_way(value, place.name, claim, f"as a place: {_place_way(place)}")
        if (place := words[value.text])
        else value
        for value in _named(names, reading)
    )


def _with_way(value: Value, name: str, claim: Claim, way: str) -> Value:
    asked = urlencode({"report": claim.report, "name": name, "back": "reading", "at": claim.id})
    return msgspec.structs.replace(value, way=way, path=f"/places/choose?{asked}")


def _place(value: Value, claim: Claim, reading: Reading) -> Value:
    """The value with where its place is, by which another can be chosen."""
    spans = [span for named in claim.places if named.name == value.text for span in (named.span, named.said_at)]
    place = next((one for one in reading.places if any(one.span.meets(span) for span in spans)), None)
    return _with_way(value, value.text, claim, _place_way(place))


def _place_way(place: Place | None) -> str:
    if place is None or place.place is None:
        return "can’t be placed" if place is not None and place.rule == PERSON else "not placed: choose"
    above = [] if place.precision == "country" else [one for one in (place.admin1, place.country) if one]
    if place.rule == PERSON:
        return f"placed in {', '.join(above)}" if above else "placed"
    return f"in {', '.join(above)}" if above else "on the map"


def _when(claim: Claim) -> tuple[Value, ...]:
    if claim.when is None:
        return ()
    days = days_words(claim.when.start, claim.when.end)
    return (Value(claim.when.phrase, days or "which days is not known", quoted=True),)


def _states(claim: Claim) -> tuple[State, ...]:
    return (
        State(claim.stance.value, claim.stance is Stance.ASSERTS, "stance of the source"),
        State(claim.certainty.value, claim.certainty is Certainty.CERTAIN, "certainty"),
        State(claim.status.value, claim.status is Status.HAPPENED, _STATUS_NOTES.get(claim.status, "status")),
        *([State("negated", False, "said not to be so")] if claim.negated else []),
    )


def _why(reason: Reason, reading: Reading) -> Why:
    field = _FIELD_WORDS.get(reason.field, reason.field.replace("_", " "))
    return Why(field, reason.rule, reading.words(reason.span) if reason.span else None)


def _summary(claim: Claim, number: int, total: int, decided: DecidedClaim | None) -> str:
    """What a screen reader says of the claim, in one breath."""
    parts = [f"Claim {number} of {total}: {type_words(claim.type).lower()}"]
    parts += [f"by {_joined(claim.actors)}"] if claim.actors else []
    parts += [f"to {_joined(claim.targets)}"] if claim.targets else []
    parts += [f"in {_joined(claim.places)}"] if claim.places else []
    parts += [f"said by {_joined(claim.sources)}"] if claim.sources else []
    parts += [state.word for state in _states(claim) if not state.usual]
    parts += [decided.mark.value] if decided and decided.decision else []
    return ", ".join(parts)
