"""Who says a claim made of signals: by attributions and event signals made by hand."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from tests.reading.test_claims_model import event

from twosource.closed_sets import ActorKind, ClaimType, Stance
from twosource.reading.claims_model import claims_from_signals
from twosource.reading.equipment import Equipment
from twosource.reading.own_voice import own_voice
from twosource.reading.signals import Signals
from twosource.reading.tree import Tree
from twosource.records import Attribution, AttributionKind, Reading, Voice
from twosource.spans import Span

TEXT = "The mayor said all was calm. A medic said that Karesh rebels shelled the school."
Said = Callable[..., list[str]]


@pytest.fixture
def said(read: Callable[[str], Reading], equipment: Equipment) -> Said:
    """The sources of the claim of a shelling that one attribution to the mayor holds."""

    def sources(rule: str, *, sourced: float, seen: object) -> list[str]:
        reading = read(TEXT)
        mayor, content = Span(4, 9), Span(TEXT.index("A medic"), len(TEXT))
        voice = Voice(name="mayor", span=mayor, kind=ActorKind.OFFICIAL, said_at=mayor)
        one = Attribution(
            id="a", cue=Span(10, 14), sources=(voice,),
            content=(content,), kind=AttributionKind.CARRIED, stance=Stance.ASSERTS, rule=rule,
        )  # fmt: skip
        reading = msgspec.structs.replace(reading, attributions=(one,))
        shelled = event(
            TEXT, "shelled", ClaimType.SHELLING, sourced=sourced, evidence="Karesh rebels shelled the school",
            actors="Karesh rebels", targets="the school", sources=seen,
        )  # fmt: skip
        (claim,) = claims_from_signals(reading, Tree(reading), (shelled,), equipment.claims)
        return [named.name for named in claim.sources]

    return sources


def test_a_source_carried_on_gives_way_to_another_that_the_reader_sees(said: Said) -> None:
    assert said("carried", sourced=0.9, seen="A medic") == ["medic"]


def test_a_source_carried_on_stays_where_the_reader_sees_the_same_or_none(said: Said) -> None:
    assert said("carried", sourced=0.9, seen="The mayor") == ["mayor"]
    assert said("carried", sourced=0.9, seen=()) == ["mayor"]
    assert said("carried", sourced=0.3, seen="A medic") == ["mayor"]


def test_the_source_of_an_attribution_of_its_own_does_not_give_way(said: Said) -> None:
    assert said("reader:say-plainly", sourced=0.9, seen="A medic") == ["mayor"]


def test_whoever_signs_the_words_says_them_all(said: Said) -> None:
    assert said("byline:letter", sourced=0.01, seen=()) == ["mayor"]
    assert said("carried", sourced=0.01, seen=()) == []


def test_a_view_is_its_holders_whatever_the_reader_takes_it_for(said: Said) -> None:
    assert said("view", sourced=0.01, seen=()) == ["mayor"]


@pytest.mark.parametrize(("anchor", "sources"), [("wing", ["Ardania"]), ("allies", [])])
def test_what_a_thing_is_said_to_be_is_said(
    read: Callable[[str], Reading], equipment: Equipment, anchor: str, sources: list[str]
) -> None:
    text = "Ardania says the brigade is a wing of the Front and its allies."
    reading = read(text)
    voice = Voice(name="Ardania", span=Span(0, 7), kind=ActorKind.STATE, said_at=Span(0, 7))
    one = Attribution(
        id="a", cue=Span(8, 12), sources=(voice,), content=(Span(13, len(text) - 1),),
        kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader:say-plainly",
    )  # fmt: skip
    reading = msgspec.structs.replace(reading, attributions=(one,))
    told = event(text, anchor, ClaimType.PART_OF, sourced=0.01, evidence=text[13:-1], actors="the brigade")
    claims = claims_from_signals(reading, Tree(reading), (told,), equipment.claims)
    [claim] = [claim for claim in claims if claim.trigger == told.anchor]
    assert [named.name for named in claim.sources] == sources


@pytest.mark.parametrize(("marks", "wanted"), [("“”", ["medic"]), ((" ", " "), [])], ids=["quoted", "not quoted"])
def test_what_stands_in_quotation_marks_is_the_speakers_whatever_the_reader_takes_it_for(
    read: Callable[[str], Reading], equipment: Equipment, marks: str, wanted: list[str]
) -> None:
    text = f"{marks[0]}The army and its allies left Goma on Monday,{marks[1]} said a medic."
    reading = read(text)
    at = text.index("medic")
    voice = Voice(name="medic", span=Span(at, at + 5), kind=ActorKind.ANONYMOUS, said_at=Span(at, at + 5))
    said = Attribution(
        id="a", cue=Span(at - 7, at - 3), sources=(voice,), content=(Span(1, at - 9),),
        kind=AttributionKind.DIRECT, stance=Stance.ASSERTS, rule="reader",
    )  # fmt: skip
    reading = msgspec.structs.replace(reading, attributions=(said,))
    allies = event(text, "allies", ClaimType.ALLIED_WITH, sourced=0.05, evidence="its allies", actors="The army")
    (claim,) = claims_from_signals(reading, Tree(reading), (allies,), equipment.claims)
    assert [named.name for named in claim.sources] == wanted


@pytest.mark.parametrize(("word", "wanted"), [("newly", ["medic"]), ("once", [])], ids=["lately", "long ago"])
def test_a_deed_lately_done_to_a_thing_is_told_by_whoever_tells_of_the_thing(
    read: Callable[[str], Reading], equipment: Equipment, word: str, wanted: list[str]
) -> None:
    text = f"A medic said that soldiers guard the {word} seized towns near Goma."
    reading = read(text)
    medic = Span(2, 7)
    said = Attribution(
        id="a", cue=Span(8, 12), sources=(Voice(name="medic", span=medic, kind=ActorKind.ANONYMOUS, said_at=medic),),
        content=(Span(13, len(text) - 1),), kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
    )  # fmt: skip
    seized = event(
        text, "seized", ClaimType.TAKES_CONTROL, sourced=0.05, evidence="seized towns near Goma", places="Goma"
    )
    reading = msgspec.structs.replace(reading, attributions=(said,))
    (claim,) = claims_from_signals(reading, Tree(reading), (seized,), equipment.claims)
    assert [named.name for named in claim.sources] == wanted


def test_the_reports_own_voice_is_not_heard_in_a_deed_lately_done(read: Callable[[str], Reading]) -> None:
    for word, wanted in (("newly", []), ("once", ["once seized towns"])):
        text = f"A medic said that soldiers guard the {word} seized towns near Goma."
        start, end = text.index(word), text.index(" near")
        reading = read(text)
        said = Attribution(
            id="a", cue=Span(8, 12), sources=(), content=(Span(13, len(text) - 1),),
            kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
        )  # fmt: skip
        quiet = Signals(starts=(13, start, end), ends=(start, end, len(text)), voiced=(0.9, 0.01, 0.9))
        found = own_voice(reading, Tree(reading), quiet, [said])
        assert [part.of(text) for one in found for part in one.content] == wanted
