"""Claims made of what a trained reader tells: by hand-made signals, so that no weights are asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.reading.claims_model import claims_from_signals
from twosource.reading.equipment import Equipment
from twosource.reading.signals import EventSignal, Part
from twosource.reading.tree import Tree
from twosource.records import Claim, Reading
from twosource.spans import Span

ROLES = ("evidence", "actors", "targets", "places", "when", "figures", "sources", "via")
TEXT = (
    "Fighters of the Karesh Brigade seized the town of Orle on Monday, the mayor said. "
    "The group may also have shelled a school. At least 12 people died."
)
Make = Callable[..., tuple[Claim, ...]]


def one(values: object, chosen: object, sure: float = 0.9) -> tuple[float, ...]:
    """Probabilities over an enum, nearly all of it on one value."""
    members = list(values)  # type: ignore[call-overload]
    return tuple(sure if member == chosen else (1 - sure) / (len(members) - 1) for member in members)


def event(
    text: str, anchor: str, type_: ClaimType, *, sourced: float = 0.5, negated: float = 0.0, **parts: object
) -> EventSignal:
    """An event whose parts are named by their words."""

    def spans(words: object) -> tuple[Part, ...]:
        wanted = [words] if isinstance(words, str) else list(words)  # type: ignore[call-overload]
        return tuple(Part(span=Span(at := text.index(w), at + len(w)), score=0.9) for w in wanted)

    given = {name: spans(parts.get(name, ())) for name in ROLES}
    return EventSignal(
        anchor=spans(anchor)[0].span,
        score=0.9,
        types=one(ClaimType, type_),
        status=one(Status, parts.get("status", Status.HAPPENED)),
        certainty=one(Certainty, parts.get("certainty", Certainty.CERTAIN)),
        stance=one(Stance, parts.get("stance", Stance.ASSERTS)),
        negated=negated,
        sourced=sourced,
        parts=given,
    )


@pytest.fixture
def make(read: Callable[[str], Reading], equipment: Equipment) -> Make:
    def claims(text: str, *events: EventSignal) -> tuple[Claim, ...]:
        reading = read(text)
        return claims_from_signals(reading, Tree(reading), events, equipment.claims)

    return claims


SEIZED = {
    "evidence": "Fighters of the Karesh Brigade seized the town of Orle on Monday", "actors": "Karesh Brigade",
    "places": "Orle", "when": "Monday",
}  # fmt: skip


def test_every_field_comes_from_its_part(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, **SEIZED))
    assert claim.type is ClaimType.TAKES_CONTROL
    assert [n.name for n in claim.actors] == ["Karesh Brigade"]
    assert [n.name for n in claim.places] == ["Orle"]
    assert claim.when is not None
    assert claim.when.phrase == "on Monday"
    assert [run.of(TEXT) for run in claim.evidence] == [SEIZED["evidence"]]


def test_evidence_ends_with_whole_words_and_phrases(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "died", ClaimType.KILLS, evidence="least 12 people died"))
    assert [run.of(TEXT) for run in claim.evidence] == ["least 12 people died"]
    (claim,) = make(TEXT, event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a scho"))
    assert [run.of(TEXT) for run in claim.evidence] == ["shelled a school"]


def test_evidence_stays_in_the_sentence_of_its_anchor(make: Make) -> None:
    told = event(TEXT, "died", ClaimType.KILLS, evidence="a school. At least 12 people died")
    assert [run.of(TEXT) for run in make(TEXT, told)[0].evidence] == ["At least 12 people died"]


def test_a_source_is_that_of_the_attribution_unless_the_reader_is_sure_of_the_reports_own_voice(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, sourced=0.9, **SEIZED))
    assert [n.name for n in claim.sources] == ["mayor"]
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, sourced=0.05, **SEIZED))
    assert claim.sources == ()


def test_a_verb_without_parts_has_its_subject_and_object(make: Make) -> None:
    text = "Rebels abducted three nurses near Orle."
    (claim,) = make(text, event(text, "abducted", ClaimType.ABDUCTS, evidence=text[:-1]))
    assert [n.name for n in claim.actors] == ["Rebels"]
    assert [n.name for n in claim.targets] == ["nurses"]


def test_a_doubt_that_the_reader_is_sure_of_is_kept(make: Make) -> None:
    told = event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a school", certainty=Certainty.POSSIBLE)
    assert make(TEXT, told)[0].certainty is Certainty.POSSIBLE


def test_what_is_denied_is_not_negated_as_well(make: Make) -> None:
    told = event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a school", stance=Stance.DENIES, negated=0.9)
    (claim,) = make(TEXT, told)
    assert (claim.stance, claim.negated) == (Stance.DENIES, False)


def test_figures_in_the_evidence_belong_to_the_claim(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "died", ClaimType.KILLS, evidence="At least 12 people died"))
    assert [(f.low, f.high) for f in claim.figures] == [(12, None)]


def test_two_events_of_one_thing_in_one_voice_are_one_claim(make: Make) -> None:
    text = "Rebels seized Orle. The capture of Orle by rebels was total."
    first = event(
        text, "seized", ClaimType.TAKES_CONTROL, evidence="Rebels seized Orle", actors="Rebels", places="Orle"
    )
    second = event(
        text,
        "capture",
        ClaimType.TAKES_CONTROL,
        evidence="The capture of Orle by rebels",
        actors="rebels",
        places="Orle",
    )
    (claim,) = make(text, first, second)
    assert len(claim.evidence) == 2


def test_a_run_begins_with_its_own_clause(make: Make) -> None:
    text = "Troops entered Orle in ten days and shelled a school there."
    told = event(text, "shelled", ClaimType.SHELLING, evidence="ten days and shelled a school there")
    assert [run.of(text) for run in make(text, told)[0].evidence] == ["shelled a school there"]


def test_two_events_of_near_families_in_the_same_words_are_the_surer_one(make: Make) -> None:
    text = "Rebels attacked and shelled Orle."
    first = event(text, "attacked", ClaimType.ATTACK, evidence=text[:-1], actors="Rebels")
    second = event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1], actors="Rebels")
    assert len(make(text, first, second)) == 1


def test_a_hyphenated_modifier_says_by_its_form_who_stands_where(make: Make) -> None:
    text = "Torran-backed rebels entered Orle."
    told = event(text, "backed", ClaimType.BACKS, evidence="Torran-backed rebels", actors="rebels")
    (claim,) = make(text, told)
    assert [n.name for n in claim.targets] == ["rebels"]
    assert "rebels" not in [n.name for n in claim.actors]


def test_a_day_is_nobody(make: Make) -> None:
    text = "Rebels shelled Orle on Monday."
    (claim,) = make(
        text, event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1], actors="Rebels", targets="Monday")
    )
    assert "Monday" not in [n.name for n in claim.targets]
